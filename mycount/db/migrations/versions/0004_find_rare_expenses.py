"""Find what is rare without reading all of a group: parts of words, amounts and categories by indexes.

Both databases keep the parts of words themselves, so that whatever an older version writes is found as well.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = (
    "DROP TABLE IF EXISTS expense_words",
    """CREATE VIRTUAL TABLE expense_words USING fts5(
        search_key, content='expense', content_rowid='id', tokenize='trigram case_sensitive 1'
    )""",
    "INSERT INTO expense_words (expense_words) VALUES ('rebuild')",
    "DROP TRIGGER IF EXISTS expense_words_added",
    """CREATE TRIGGER expense_words_added AFTER INSERT ON expense BEGIN
        INSERT INTO expense_words (rowid, search_key) VALUES (new.id, new.search_key);
    END""",
    "DROP TRIGGER IF EXISTS expense_words_deleted",
    """CREATE TRIGGER expense_words_deleted AFTER DELETE ON expense BEGIN
        INSERT INTO expense_words (expense_words, rowid, search_key) VALUES ('delete', old.id, old.search_key);
    END""",
    "DROP TRIGGER IF EXISTS expense_words_changed",
    """CREATE TRIGGER expense_words_changed AFTER UPDATE OF search_key ON expense
    WHEN old.search_key <> new.search_key BEGIN
        INSERT INTO expense_words (expense_words, rowid, search_key) VALUES ('delete', old.id, old.search_key);
        INSERT INTO expense_words (rowid, search_key) VALUES (new.id, new.search_key);
    END""",
)
# Not pg_trgm, for which not everybody may ask; and each part says of which group it is, so that others cost nothing.
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION expense_words(group_id bigint, search_key text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT ARRAY(
            SELECT group_id || ':' || substr(search_key, n, 3) FROM generate_series(1, length(search_key) - 2) AS n
        )
    $$""",
    "DROP INDEX IF EXISTS ix_expense_words",
    "CREATE INDEX ix_expense_words ON expense USING gin (expense_words(group_id, search_key))",
)


def upgrade() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
    for column in ("amount", "category"):
        op.create_index(f"ix_expense_{column}", "expense", ["group_id", column], if_not_exists=True)
