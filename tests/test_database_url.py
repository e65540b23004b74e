"""Whatever a provider hands out as the address of a database can be pasted, and means the same database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.extensions import parse_dsn
from sqlalchemy import make_url

from mycount.database_forms import OPTIONS
from mycount.database_url import DatabaseURLError, from_parts, normalise, read, redacted

H = "money.postgres.database.azure.com"
PLAIN = f"u:p@{H}/db?sslmode=require"
WITH_PORT = f"u:p@{H}:5432/db?sslmode=require"

FORMS = [
    (f"postgres://u:p@{H}/db", PLAIN),
    (f"postgresql://u:p@{H}/db", PLAIN),
    (f"postgresql+psycopg2://u:p@{H}/db", PLAIN),
    (f"postgresql+psycopg://u:p@{H}/db", PLAIN),
    (f"postgresql+asyncpg://u:p@{H}/db?ssl=require", PLAIN),
    (f"POSTGRES://u:p@{H}/db", PLAIN),
    (f"PostgreSQL://u:p@{H}/db?SSLMODE=Require", PLAIN),
    (f'"postgres://u:p@{H}/db"', PLAIN),
    (f"'postgres://u:p@{H}/db'", PLAIN),
    (f"  postgres://u:p@{H}/db\r\n", PLAIN),
    (f"\ufeff ' postgres://u:p@{H}/db ' ", PLAIN),
    (
        f"postgres://u:p@{H}/db?sslmode=verify-full&sslrootcert=/x",
        f"u:p@{H}/db?sslmode=verify-full&sslrootcert=/x",
    ),
    (f"postgres://u:p@{H}/db?sslmode=disable", f"u:p@{H}/db?sslmode=disable"),
    (f"postgres://u:p@{H}/db?application_name=a", f"u:p@{H}/db?application_name=a&sslmode=require"),
    (f"postgres://u:p@{H}/db?application_name=a@b", f"u:p@{H}/db?application_name=a%40b&sslmode=require"),
    (f"postgres://bob@srv:p@{H}/db", f"bob%40srv:p@{H}/db?sslmode=require"),
    (f"postgres://bob%40srv:p@{H}/db", f"bob%40srv:p@{H}/db?sslmode=require"),
    (f"postgres://u:p@ss@{H}/db", f"u:p%40ss@{H}/db?sslmode=require"),
    (f"postgres://u:a:b/c#d@{H}/db", f"u:a%3Ab%2Fc%23d@{H}/db?sslmode=require"),
    (f"postgres://u:q?x@{H}/db", f"u:q%3Fx@{H}/db?sslmode=require"),
    (
        f"postgres://u:q?x&y=z@{H}/db?application_name=a",
        f"u:q%3Fx%26y%3Dz@{H}/db?application_name=a&sslmode=require",
    ),
    (f"postgres://u:p+w@{H}/db", f"u:p%2Bw@{H}/db?sslmode=require"),
    (f"postgres://u:p%40ss@{H}/db", f"u:p%40ss@{H}/db?sslmode=require"),
    (f"postgres://u:100%25@{H}/db", f"u:100%25@{H}/db?sslmode=require"),
    (f"postgres://u:100%@{H}/db", f"u:100%25@{H}/db?sslmode=require"),
    (f"postgres://u:p%FFx@{H}/db", f"u:p%25FFx@{H}/db?sslmode=require"),
    (f"postgres://u:p%20w@{H}/db", f"u:p%20w@{H}/db?sslmode=require"),
    ("postgres://u:p@localhost/db", "u:p@localhost/db"),
    ("postgres://u:p@127.0.0.1:5433/db", "u:p@127.0.0.1:5433/db"),
    ("postgres://u:p@db:5432/db", "u:p@db:5432/db"),
    ("postgres://u:p@[::1]/db", "u:p@[::1]/db"),
    ("postgres://u:p@[::1]:5432/db", "u:p@[::1]:5432/db"),
    ("postgres://u:p@[2001:db8::1]/db", "u:p@[2001:db8::1]/db?sslmode=require"),
    ("postgres://u:p@10.0.0.4/db", "u:p@10.0.0.4/db?sslmode=require"),
    ("postgres://u@localhost/db", "u@localhost/db"),
    ("postgresql:///db?host=/var/run/postgresql", "/db?host=/var/run/postgresql"),
    ("postgresql://u:p@/db?host=/var/run/postgresql", "u:p@/db?host=/var/run/postgresql"),
    ("postgresql://u@%2Fvar%2Frun%2Fpostgresql:5433/db", "u@:5433/db?host=/var/run/postgresql"),
    (
        f"host={H} port=5432 dbname=db user=u password='p w' sslmode=require",
        f"u:p%20w@{H}:5432/db?sslmode=require",
    ),
    (rf"host={H} dbname = db user=u password='it\'s'", f"u:it%27s@{H}/db?sslmode=require"),
    ("host=/run/postgresql dbname=db user=u", "u@/db?host=/run/postgresql"),
    (f"Server={H};Database=db;Port=5432;User Id=u;Password=p;Ssl Mode=Require;", WITH_PORT),
    (f"Server=tcp:{H},5432;Database=db;User Id=u;Password=p;Ssl Mode=Require;", WITH_PORT),
    (
        f"Host={H}:5432;Username=u;Database=db;Password=p;Pooling=true;Trust Server Certificate=true",
        WITH_PORT,
    ),
    (
        f"Server={H};Database=db;User Id=u;Password='a;b=c';SSL Mode=VerifyFull",
        f"u:a%3Bb%3Dc@{H}/db?sslmode=verify-full",
    ),
    (f"jdbc:postgresql://{H}:5432/db?user=u&password=p&sslmode=require", WITH_PORT),
    (
        f"jdbc:postgresql://{H}/db?user=u&password=p@ss&ssl=true&ApplicationName=x",
        f"u:p%40ss@{H}/db?application_name=x&sslmode=require",
    ),
]

NONE = [
    "",
    "   ",
    "''",
    "mysql://u:hunter2@h/db",
    "hunter2",
    "postgres:hunter2",
    "postgres://u:hunter2@/db",
    "postgres://u:hunter2@h",
    "postgres://:hunter2@h/db",
    "postgres://u:hunter2@h:port/db",
    "postgres://u:hunter2@h:70000/db",
    "postgres://u:hunter2@h:0/db",
    "postgres://u:hunter2@h1,h2/db",
    "postgres://u:hunter2@h h/db",
    "postgres://u:hunter2%00@h/db",
    "postgres://u:hunter2\udcff@h/db",
    "postgres://u:hunter2@h/db?sslmode=hunter2",
    "postgres://u:hunter2@h/db?schema=public",
    "postgres://u:hunter2@h/db?host=other",
    "jdbc:postgresql://h/db?user=u&password=x&hunter2",
    "host=h dbname=db password=x hunter2 user=u",
    "host=h dbname=db user=u password='hunter2",
    "host=h dbname=db user=u secret=hunter2",
    "Server=h;Database=db;User Id=u;Password=x;hunter2",
    "sqlite:data/hunter2.db",
    "sqlite://data/hunter2.db",
    "sqlite://",
    "sqlite:///:memory:",
]

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_every_form_becomes_the_one_that_sqlalchemy_takes(text: str, expected: str) -> None:
    url = normalise(text)
    assert url == f"postgresql+psycopg2://{expected}"
    assert normalise(url) == url
    connect_arguments(url)


@pytest.mark.parametrize(
    "url", ["sqlite:////data/x.db", "sqlite:///data/mycount.db", "sqlite:///C:/data/x.db"]
)
def test_an_sqlite_address_is_untouched(url: str) -> None:
    assert normalise(url) == url
    assert normalise(f' "{url}" ') == url
    assert redacted(url) == url


@pytest.mark.parametrize("text", NONE)
def test_what_cannot_be_used_is_refused_in_one_line_without_the_password(text: str) -> None:
    with pytest.raises(DatabaseURLError) as refused:
        normalise(text)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "hunter2" not in redacted(text)


def test_a_driver_for_coroutines_is_not_used_for_sqlite() -> None:
    assert normalise("sqlite+aiosqlite:///data/x.db") == "sqlite:///data/x.db"


def test_blanks_in_options_are_read_as_whoever_wrote_them_meant() -> None:
    written_by_sqlalchemy = "postgresql+psycopg2://u:p@db/db?options=-c+search_path%3Dx"
    written_by_people = "postgresql://u:p@db/db?options=-c%20search_path=x&application_name=a+b"
    assert connect_arguments(normalise(written_by_sqlalchemy))["options"] == "-c search_path=x"
    arguments = connect_arguments(normalise(written_by_people))
    assert (arguments["options"], arguments["application_name"]) == ("-c search_path=x", "a+b")


def test_a_single_server_user_is_kept_with_a_warning() -> None:
    assert "Single Server" in read(f"postgres://bob@srv:p@{H}/db").warnings[0]
    assert read("postgres://bob@srv:p@example.org/db").warnings == ()


def test_an_unencrypted_way_is_warned_of_in_production_only() -> None:
    for mode in ("disable", "prefer"):
        url = f"postgres://u:p@{H}/db?sslmode={mode}"
        assert f"sslmode={mode}" in read(url, production=True).warnings[0]
        assert read(url).warnings == ()
    assert read("postgres://u:p@db/db?sslmode=disable", production=True).warnings == ()


def test_logs_show_the_address_without_its_password() -> None:
    assert redacted(normalise(f"postgres://u:hunter2@{H}/db")) == (
        f"postgresql+psycopg2://u:***@{H}/db?sslmode=require"
    )
    assert "hunter2" not in redacted("postgres://u:x@db/db?sslkey=/k&sslpassword=hunter2")
    assert "hunter2" not in repr(read("postgres://u:hunter2@db/db"))


def test_every_option_that_is_let_through_is_one_that_the_installed_libpq_knows() -> None:
    for option in OPTIONS:
        assert parse_dsn(f"{option}=1") == {option: "1"}


@given(user=anything, password=anything, name=anything)
@settings(max_examples=200)
def test_parts_reach_the_driver_as_they_were_given(user: str, password: str, name: str) -> None:
    url = from_parts(host=H, port="5432", name=name + "x", user=user + "x", password=password).url
    arguments = connect_arguments(url)
    assert arguments["password"] == password
    assert arguments["user"] == (user + "x").strip()
    assert arguments["dbname"] == (name + "x").strip()
    assert (arguments["host"], arguments["port"], arguments["sslmode"]) == (H, 5432, "require")
    assert normalise(url) == url


@given(password=anything)
@settings(max_examples=200)
def test_any_password_survives_the_quoting_of_libpq_and_of_ado_net(password: str) -> None:
    escaped = password.replace("\\", "\\\\").replace("'", "\\'")
    libpq = f"host=db dbname=db user=u password='{escaped}'"
    doubled = password.replace("'", "''")
    ado = f"Server=db;Database=db;User Id=u;Password='{doubled}';Port=5432;"
    assert make_url(normalise(ado)).password == password
    # Where the text has the marks of the other form, it is read as that; a password with `;user=` in it may have.
    if ";" not in password:
        assert make_url(normalise(libpq)).password == password


@given(password=anything)
@settings(max_examples=200)
def test_a_password_typed_raw_is_never_encoded_twice(password: str) -> None:
    try:
        url = normalise(f"postgres://u:{password}@example.org/db")
    except DatabaseURLError:
        return
    assert normalise(url) == url
    if "%" not in password and "=" not in password:
        assert make_url(url).password == password


@given(st.text(max_size=60) | st.from_regex(r"postgres://[\x20-\x7e]{0,40}", fullmatch=True))
@settings(max_examples=300)
def test_any_text_is_taken_or_refused_and_never_ends_in_another_error(text: str) -> None:
    try:
        url = normalise(text)
    except DatabaseURLError:
        return
    assert normalise(url) == url
    make_url(url)


def connect_arguments(url: str) -> dict[str, object]:
    """What psycopg2 is given for an address."""
    address = make_url(url)
    _, arguments = address.get_dialect()().create_connect_args(address)
    return dict(arguments)
