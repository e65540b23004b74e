"""Whoever runs it is told what is in force, what was set in vain, and what would be dangerous."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from mycount.settings import Loaded, Settings, SettingsError, example, load, rows
from mycount.settings.model import variable

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / ".env.example"
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
    "MYCOUNT_DATABASE_USER": "me",
    "MYCOUNT_DATABASE_PASSWORD": "hunter2",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def loaded(**environ: str) -> Loaded:
    return load(environ)


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        load(environ)
    return str(refused.value)


def row(name: str, of: Loaded) -> tuple[str, str]:
    return next((value, source) for each, value, source, _ in rows(of) if each == name)


def test_no_secret_is_shown_anywhere() -> None:
    found = load(
        {
            **PRODUCTION,
            **{"MYCOUNT_DATABASE_URL": "postgres://u:hunter2@db/x"},
            "MYCOUNT_METRICS_TOKEN": TOKEN,
        }
    )
    shown = f"{rows(found)} {found} {found.settings!r} {found.settings}"
    assert not any(secret in shown for secret in ("hunter2", KEY, TOKEN))
    assert row("MYCOUNT_DATABASE_URL", found)[0] == "postgresql+psycopg2://u:***@db/x"
    assert row("MYCOUNT_SECRET_KEY", found) == ("***", "environment MYCOUNT_SECRET_KEY")
    assert row("MYCOUNT_TRUSTED_PROXIES", found)[0] == "172.16.0.0/12"
    parts = load(PARTS)
    assert row("MYCOUNT_DATABASE_PASSWORD", parts)[0] == "***"


def test_every_setting_has_a_row_with_a_description() -> None:
    listed = rows(loaded())
    assert [name for name, *_ in listed] == [variable(name) for name in Settings.model_fields]
    assert all(description.endswith(".") for *_, description in listed)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("mycount_port", "MYCOUNT_PORT"),
        ("MyCount_Port", "MYCOUNT_PORT"),
        ("MYCOUNT-PORT", "MYCOUNT_PORT"),
        ("mycount-database-url", "MYCOUNT_DATABASE_URL"),
        ("database-url", "DATABASE_URL"),
        ("MYCOUNT_DATABSE_URL", "MYCOUNT_DATABASE_URL"),
        ("MYCOUNT_DB_URL", "MYCOUNT_DATABASE_URL"),
        ("MYCOUNT_POSTGRES_HOST", "MYCOUNT_DATABASE_HOST"),
        ("MY_COUNT_SIGN_UP", "MYCOUNT_SIGN_UP"),
        ("MYCOUT_SIGN_UP", "MYCOUNT_SIGN_UP"),
        ("MYCOUNT_PORT_FILE", "MYCOUNT_PORT"),
        ("MYCOUNT_XYZZY", None),
        ("SECRET_KEY", "MYCOUNT_SECRET_KEY"),
        ("SECRET_KEY_FILE", "MYCOUNT_SECRET_KEY_FILE"),
        ("PUBLIC_URL", "MYCOUNT_PUBLIC_URL"),
        ("DATABSE_URL", "MYCOUNT_DATABASE_URL"),
        ("DATABASE_URI", "MYCOUNT_DATABASE_URL"),
        ("POSTGRES_HOST", "MYCOUNT_DATABASE_HOST"),
        ("POSTGRESQL_PASSWORD", "MYCOUNT_DATABASE_PASSWORD"),
        ("MYCOUNT_POSTGRES_PASSWORD", "MYCOUNT_DATABASE_PASSWORD"),
        ("MYCOUNT_METRIC_PORT", "MYCOUNT_METRICS_PORT"),
        ("DB_HOST", "MYCOUNT_DATABASE_HOST"),
        ("PGUSER", "MYCOUNT_DATABASE_USER"),
    ],
)
def test_what_looks_meant_for_us_but_is_not_read_is_named(name: str, guess: str | None) -> None:
    found = load({name: "hunter2"})
    assert [(each.name, each.where, each.guess) for each in found.unread] == [(name, "environment", guess)]
    assert "hunter2" not in str(found.unread[0])
    assert found.settings == load({}).settings


def test_the_names_of_other_programs_are_left_alone() -> None:
    others = ("PATH", "HOME", "HOST", "PGDATA", "ACCOUNT_PORT", "SSH_AUTH_SOCK")
    assert load(dict.fromkeys(others, "x")).unread == ()
    compose = ("POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "GRAFANA_PASSWORD", "HTTP_PORT")
    assert load(dict.fromkeys(compose, "x")).unread == ()
    # With a database named, these belong to the database beside us.
    assert load({**PRODUCTION, "PGHOST": "x", "DB_NAME": "x"}).unread == ()
    assert load({**PRODUCTION, "SECRET_KEY": "x"}).unread == ()


def test_what_is_only_tolerable_at_home_is_warned_of_in_production() -> None:
    assert load(PRODUCTION).warnings == ()
    for change, word in (
        ({"MYCOUNT_PUBLIC_URL": ""}, "MYCOUNT_PUBLIC_URL"),
        ({"MYCOUNT_PUBLIC_URL": "http://money.example.org"}, "not https"),
        ({"MYCOUNT_TRUSTED_PROXIES": ""}, "MYCOUNT_TRUSTED_PROXIES"),
        ({"MYCOUNT_METRICS_TOKEN": ""}, "/metrics"),
        (
            {"MYCOUNT_DATABASE_URL": "postgres://u:p@10.0.0.1/x?sslmode=disable"},
            "MYCOUNT_DATABASE_URL: sslmode",
        ),
    ):
        (warning,) = load({**PRODUCTION, **change}).warnings
        assert word in warning
    bare = {
        **PRODUCTION,
        "MYCOUNT_PUBLIC_URL": "",
        "MYCOUNT_TRUSTED_PROXIES": "",
        "MYCOUNT_METRICS_TOKEN": "",
    }
    assert len(load(bare).warnings) == 3, "all are said"
    assert len(load({**bare, "MYCOUNT_METRICS_PORT": "9464"}).warnings) == 2
    in_parts = {**PRODUCTION, **PARTS, "MYCOUNT_DATABASE_URL": "", "MYCOUNT_DATABASE_PASSWORD": "postgres"}
    assert "MYCOUNT_DATABASE_PASSWORD" in load(in_parts).warnings[0]


def test_cookies_are_kept_to_https_where_people_come_by_it() -> None:
    found = loaded(MYCOUNT_PUBLIC_URL="https://Money.Example.org:8443/split/")
    assert found.settings.public_url == "https://money.example.org:8443/split"
    assert found.settings.secure_cookies
    assert not loaded(MYCOUNT_PUBLIC_URL="http://[::1]:8000").settings.secure_cookies
    assert not loaded().settings.secure_cookies


def test_capitals_do_not_matter_where_they_mean_nothing() -> None:
    found = loaded(MYCOUNT_LOG_LEVEL="INFO", MYCOUNT_DEFAULT_CURRENCY="chf", MYCOUNT_DEFAULT_LANGUAGE="EN")
    assert found.settings.log_level == "info"
    assert (found.settings.default_currency, found.settings.default_language) == ("CHF", "en")


# The local key


def test_the_local_key_is_made_once_and_only_its_owner_can_read_it() -> None:
    first, second = loaded(), loaded()
    key = first.settings.secret_key.get_secret_value()
    assert len(key) >= 32
    assert second.settings.secret_key.get_secret_value() == key
    assert Path("data/secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in Path("data").iterdir()] == ["secret_key"]


def test_two_starts_at_once_agree_on_the_key() -> None:
    for attempt in range(20):
        ready = Barrier(4)

        def start(folder: str = f"data{attempt}", ready: Barrier = ready) -> str:
            ready.wait()
            return loaded(MYCOUNT_DATA_DIR=folder).settings.secret_key.get_secret_value()

        with ThreadPoolExecutor(4) as pool:
            keys = {each.result() for each in [pool.submit(start) for _ in range(4)]}
        assert len(keys) == 1


def test_a_key_that_others_can_read_is_warned_of() -> None:
    loaded()
    Path("data/secret_key").chmod(0o644)
    assert "mode 600" in loaded().warnings[0]


def test_a_damaged_or_unkeepable_key_is_refused() -> None:
    Path("data").mkdir()
    Path("data/secret_key").write_text("")
    assert "data/secret_key is damaged" in refusal({})
    Path("data/secret_key").write_bytes(b"\xff" * 40)
    assert refusal({}).startswith("MYCOUNT_DATA_DIR: ")
    Path("file").write_text("")
    assert refusal({"MYCOUNT_DATA_DIR": "file"}).startswith("MYCOUNT_DATA_DIR: ")


# The documentation


def test_the_example_file_is_the_one_that_the_settings_describe() -> None:
    assert example() == EXAMPLE.read_text(encoding="utf-8"), "mycount config --example > .env.example"


def test_the_example_file_copied_as_it_is_sets_nothing() -> None:
    Path(".env").write_text(EXAMPLE.read_text(encoding="utf-8"))
    assert load({}).sources == load({}, None).sources
    assert (load({}).warnings, load({}).unread) == ((), ())


def test_the_example_file_has_every_setting_once_and_shows_the_defaults() -> None:
    uncommented = re.sub(r"^#([A-Z])", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ours = re.findall(r"^(MYCOUNT_\w+)=", uncommented, re.MULTILINE)
    assert sorted(ours) == sorted(map(variable, Settings.model_fields))
    Path(".env").write_text(uncommented)
    assert load({}).settings == load({}, None).settings
    assert load({}).unread == ()


def test_what_compose_must_be_told_stands_open_in_the_example_file_and_is_explained() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    open_lines = re.findall(r"^([A-Z]\w*)=(.*)$", text, re.MULTILINE)
    assert open_lines == [("MYCOUNT_SECRET_KEY", ""), ("POSTGRES_PASSWORD", ""), ("GRAFANA_PASSWORD", "")]
    for name, _ in open_lines:
        assert "Make one with:" in text.split(f"\n{name}=")[0].rsplit("\n\n", 1)[1]
    # Filled in for compose, it serves a run without compose as well.
    Path(".env").write_text(re.sub(r"^([A-Z]\w*)=$", rf"\1={KEY[:24]}", text, flags=re.MULTILINE))
    found = load({})
    assert found.settings.secret_key.get_secret_value() == KEY[:24]
    assert (found.warnings, found.unread) == ((), ())


def test_the_readme_has_every_setting_with_its_default_and_description_and_no_other() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(MYCOUNT_\w+)` \| (?:`(.*?)`)? \| (.*?) \|$", text, re.MULTILINE)
    defaults = dict(re.findall(r"^#?(MYCOUNT_\w+)=(.*)$", example(), re.MULTILINE))
    assert told == [
        (variable(name), defaults[variable(name)], info.description)
        for name, info in Settings.model_fields.items()
    ]
