"""Whoever runs it can rely on each setting being read, checked, and shown with where it came from."""

import re
from pathlib import Path

import pytest

from mycount.settings import Loaded, SettingsError, load

KEY = "Vq3-hGm9_TzK1xWb7RfYc5NdLs8PjEu2"
TOKEN = "a7Qd93kX0pLmZ2vB"
PRODUCTION = {
    "MYCOUNT_ENVIRONMENT": "production",
    "MYCOUNT_SECRET_KEY": KEY,
    "MYCOUNT_DATABASE_URL": "postgres://u:p@db/mycount",
    "MYCOUNT_PUBLIC_URL": "https://money.example.org",
    "MYCOUNT_TRUSTED_PROXIES": "172.16.0.0/12",
    "MYCOUNT_METRICS_TOKEN": TOKEN,
}
PARTS = {
    "MYCOUNT_DATABASE_HOST": "db.example.org",
    "MYCOUNT_DATABASE_NAME": "mycount",
    "MYCOUNT_DATABASE_USER": "me@here",
    "MYCOUNT_DATABASE_PASSWORD": " p%41:@/ ",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def loaded(**environ: str) -> Loaded:
    return load(environ)


def refusals(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        load(environ)
    return str(refused.value)


# Where values come from


def test_with_nothing_set_it_runs_on_this_machine_with_sqlite() -> None:
    found = loaded()
    assert found.settings.database_url == "sqlite:///data/mycount.db"
    assert (found.settings.host, found.settings.port) == ("127.0.0.1", 8000)
    assert found.settings.trusted_proxies == ()
    assert set(found.sources.values()) == {"default", "generated in data/secret_key"}
    assert found.warnings == ()
    assert found.unread == ()


def test_the_data_folder_is_where_the_default_database_is() -> None:
    assert loaded(MYCOUNT_DATA_DIR="kept").settings.database_url == "sqlite:///kept/mycount.db"
    here = Path.cwd() / "with % and ?"
    assert loaded(MYCOUNT_DATA_DIR=str(here)).settings.database_url.startswith("sqlite:////")


def test_the_environment_comes_before_the_env_file() -> None:
    Path(".env").write_text("MYCOUNT_PORT=1\nexport MYCOUNT_SIGN_UP='closed' # a remark\n")
    found = loaded(MYCOUNT_PORT="2")
    assert (found.settings.port, found.sources["port"]) == (2, "environment MYCOUNT_PORT")
    assert (found.settings.sign_up, found.sources["sign_up"]) == ("closed", ".env MYCOUNT_SIGN_UP")


def test_the_process_environment_is_read_where_none_is_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYCOUNT_PORT", "4")
    assert load().settings.port == 4


def test_what_is_empty_counts_as_not_set() -> None:
    Path(".env").write_text("MYCOUNT_PORT=3\nMYCOUNT_LOG_LEVEL=\nMYCOUNT_HOST\n")
    found = loaded(MYCOUNT_PORT="", PORT=" ", MYCOUNT_SECRET_KEY="", MYCOUNT_DATABASE_URL="", DATABASE_URL="")
    assert (found.settings.port, found.sources["port"]) == (3, ".env MYCOUNT_PORT")
    assert found.settings.log_level == "info"
    assert found.settings.database_url == "sqlite:///data/mycount.db"


def test_the_usual_names_are_read_where_ours_are_not_set() -> None:
    found = loaded(PORT="80", DATABASE_URL="postgres://u:p@db/x")
    assert (found.settings.port, found.sources["port"]) == (80, "environment PORT")
    assert found.settings.database_url == "postgresql+psycopg2://u:p@db/x"
    assert found.sources["database_url"] == "environment DATABASE_URL"
    assert found.unread == ()


def test_our_names_come_before_the_usual_ones_wherever_they_are_set() -> None:
    Path(".env").write_text("MYCOUNT_DATABASE_URL=sqlite:///mine.db\n")
    found = loaded(DATABASE_URL="postgres://u:hunter2@db/other", MYCOUNT_PORT="0", PORT="0")
    assert found.settings.database_url == "sqlite:///mine.db"
    assert found.settings.port == 0
    assert found.warnings == (
        "DATABASE_URL (environment) is not used: MYCOUNT_DATABASE_URL (.env) comes first",
    )


def test_secrets_can_be_in_files() -> None:
    Path("url").write_text("postgres://u:p@db/x\n")
    Path("key").write_text(f"{KEY}\n")
    Path("token").write_text(f"{TOKEN}\n")
    found = loaded(
        MYCOUNT_DATABASE_URL_FILE="url", MYCOUNT_SECRET_KEY_FILE="key", MYCOUNT_METRICS_TOKEN_FILE="token"
    )
    assert found.settings.database_url == "postgresql+psycopg2://u:p@db/x"
    assert found.settings.secret_key.get_secret_value() == KEY
    assert found.settings.metrics_token
    assert found.settings.metrics_token.get_secret_value() == TOKEN
    assert found.sources["secret_key"] == "file key"
    assert found.unread == ()


def test_the_database_can_be_given_in_parts_taken_literally() -> None:
    found = load(PARTS)
    assert found.settings.database_url == (
        "postgresql+psycopg2://me%40here:%20p%2541%3A%40%2F%20@db.example.org/mycount?sslmode=require"
    )
    assert found.sources["database_url"] == f"built from {', '.join(PARTS)}"
    Path("password").write_text(" p%41:@/ \n")
    in_file = {name: text for name, text in PARTS.items() if "PASSWORD" not in name}
    again = load({**in_file, "MYCOUNT_DATABASE_PASSWORD_FILE": "password"})
    assert again.settings.database_url == found.settings.database_url
    assert again.sources["database_url"].endswith("MYCOUNT_DATABASE_PASSWORD_FILE")


def test_nothing_is_put_in_for_dollar_signs_in_the_env_file() -> None:
    Path(".env").write_text("".join(f"{name}='{text}'\n" for name, text in PARTS.items()))
    with Path(".env").open("a") as file:
        file.write("MYCOUNT_DATABASE_PASSWORD=a${HOME}$b\n")
    assert "a%24%7BHOME%7D%24b" in load({"HOME": "/root"}).settings.database_url


# What is refused


def test_contradictions_are_refused_by_name() -> None:
    assert refusals({"MYCOUNT_METRICS_PORT": "8000"}).startswith("MYCOUNT_METRICS_PORT: must not be the port")
    assert loaded(MYCOUNT_METRICS_PORT="0", MYCOUNT_PORT="0").settings.metrics_port == 0
    assert "MYCOUNT_DATABASE_HOST" in refusals({**PARTS, "DATABASE_URL": "postgres://u:hunter2@db/x"})
    Path("url").write_text("postgres://u:p@db/x")
    both = {"MYCOUNT_DATABASE_URL_FILE": "url", "MYCOUNT_DATABASE_URL": "postgres://u:hunter2@db/x"}
    assert refusals(both) == "MYCOUNT_DATABASE_URL_FILE: MYCOUNT_DATABASE_URL is set too; set one of the two"


@pytest.mark.parametrize(
    "missing", ["MYCOUNT_DATABASE_HOST", "MYCOUNT_DATABASE_NAME", "MYCOUNT_DATABASE_USER"]
)
def test_a_missing_part_of_the_database_is_refused_by_name(missing: str) -> None:
    parts = {name: text for name, text in PARTS.items() if name != missing}
    assert refusals(parts).startswith(f"{missing}: must be set too, because of")


def test_production_needs_a_database_and_a_secret_of_its_own() -> None:
    text = refusals({"MYCOUNT_ENVIRONMENT": "Production"})
    assert re.findall(r"^MYCOUNT_\w+", text, re.MULTILINE) == ["MYCOUNT_DATABASE_URL", "MYCOUNT_SECRET_KEY"]
    assert not Path("data").exists()


def test_production_takes_sqlite_where_it_is_named() -> None:
    found = load({**PRODUCTION, "MYCOUNT_DATABASE_URL": "sqlite:////data/x.db"})
    assert found.settings.database_url == "sqlite:////data/x.db"
    assert found.settings.is_production
    assert found.warnings == ()


@pytest.mark.parametrize(
    "key", [KEY[:23], "change-me-change-me-change-me-please!", "x" * 40, f"<your key {KEY}>"]
)
def test_a_key_that_others_may_know_is_refused(key: str) -> None:
    text = refusals({**PRODUCTION, "MYCOUNT_SECRET_KEY": key})
    assert text.startswith("MYCOUNT_SECRET_KEY: ")
    assert key not in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MYCOUNT_ENVIRONMENT", "prod"),
        ("MYCOUNT_PORT", "eighty"),
        ("MYCOUNT_PORT", "65536"),
        ("MYCOUNT_PORT", "tcp://10.0.0.1:8000"),
        ("PORT", "-1"),
        ("MYCOUNT_HOST", "http://0.0.0.0:8000"),
        ("MYCOUNT_PUBLIC_URL", "money.example.org"),
        ("MYCOUNT_PUBLIC_URL", "https://u:hunter2@example.org"),
        ("MYCOUNT_PUBLIC_URL", "https://example.org/?a=b"),
        ("MYCOUNT_PUBLIC_URL", "https://example.org:port"),
        ("MYCOUNT_PUBLIC_URL", "https://example.org/a//b"),
        ("MYCOUNT_TRUSTED_PROXIES", "*"),
        ("MYCOUNT_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("MYCOUNT_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("MYCOUNT_DATA_DIR", "~nobody-of-that-name/x"),
        ("MYCOUNT_DATABASE_POOL_SIZE", "0"),
        ("MYCOUNT_DATABASE_RETRY_SECONDS", "nan"),
        ("MYCOUNT_METRICS_TOKEN", "hunter2"),
        ("MYCOUNT_METRICS_PORT", "-1"),
        ("MYCOUNT_METRICS_PORT", "tcp://10.0.0.1:9464"),
        ("MYCOUNT_REVISION", "two words"),
        ("MYCOUNT_METRICS_TOKEN", f"hunter2 {TOKEN}"),
        ("MYCOUNT_SIGN_UP", "everybody"),
        ("MYCOUNT_INVITE_DAYS", "0"),
        ("MYCOUNT_DEFAULT_LANGUAGE", "xx"),
        ("MYCOUNT_DEFAULT_CURRENCY", "XXX"),
        ("MYCOUNT_LOG_LEVEL", "loud"),
        ("MYCOUNT_LOG_FORMAT", "xml"),
        ("MYCOUNT_DATABASE_URL", "mysql://u:hunter2@db/x"),
        ("DATABASE_URL", "postgres://u:hunter2@db:x/x"),
        ("MYCOUNT_SECRET_KEY_FILE", "hunter2"),
    ],
)
def test_what_a_setting_cannot_be_is_refused_in_one_line_that_names_it(name: str, text: str) -> None:
    refusal = refusals({name: text})
    assert refusal.startswith(f"{name}: ")
    assert "\n" not in refusal
    assert "hunter2" not in refusal


def test_all_that_is_wrong_is_said_in_one_go_without_any_secret() -> None:
    Path(".env").write_text("MYCOUNT_PORT=eighty\nthis is no setting\nMYCOUNT_METRICS_TOKEN=hunter2\n")
    text = refusals(
        {
            "MYCOUNT_ENVIRONMENT": "production",
            "MYCOUNT_SECRET_KEY": "hunter2",
            "MYCOUNT_DATABASE_URL": "postgres://u:hunter2@",
            "MYCOUNT_LOG_LEVEL": "loud",
        }
    )
    assert [line.partition(":")[0] for line in text.splitlines()] == [
        ".env",
        "MYCOUNT_PORT (.env)",
        "MYCOUNT_SECRET_KEY",
        "MYCOUNT_METRICS_TOKEN (.env)",
        "MYCOUNT_LOG_LEVEL",
        "MYCOUNT_DATABASE_URL",
    ]
    assert "hunter2" not in text


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 70_000])
def test_a_secret_file_without_a_secret_is_refused(content: bytes) -> None:
    Path("secret").write_bytes(content)
    assert refusals({"MYCOUNT_DATABASE_PASSWORD_FILE": "secret"}).startswith(
        "MYCOUNT_DATABASE_PASSWORD_FILE: "
    )


def test_an_env_file_that_is_no_text_is_refused() -> None:
    Path(".env").write_bytes(b"MYCOUNT_PORT=\xff")
    assert refusals({}) == ".env: cannot be read (it is not UTF-8 text)"


def test_an_env_file_in_a_folder_that_may_not_be_read_is_refused_in_a_line() -> None:
    Path(".env").symlink_to(".env")  # a circle: root is not kept out by permissions, but by this
    assert refusals({}).startswith(".env: cannot be read (")


@pytest.mark.parametrize(("part", "text"), [("HOST", "http://db:5432"), ("PORT", "x"), ("NAME", "a\0b")])
def test_a_part_that_cannot_be_meant_is_refused(part: str, text: str) -> None:
    assert refusals({**PARTS, f"MYCOUNT_DATABASE_{part}": text}).startswith("MYCOUNT_DATABASE_")
