"""The settings as people read them: what is in force and why, and the file to begin from."""

from textwrap import wrap
from typing import Any

from mycount.database_url import redacted
from mycount.settings.found import IN_FILES
from mycount.settings.loading import Loaded
from mycount.settings.model import Settings, shown, variable

_HEAD = """\
# Settings of MyCount. Copy this file to .env, for your eyes alone: install -m 600 .env.example .env
# Take the # off what you want to set. Shown are the defaults.
# Running it on this machine (make run) needs nothing in here; `docker compose up` needs the first three.
# The environment comes before this file, and an empty value counts as not set.
# A value with blanks, quotes, $ or # in it needs single quotes around it.
# `mycount config` shows every value in force and where it came from.

# For docker compose: fill in these three, each with something of its own. Otherwise they may stay empty.
{needed}
# The password of the PostgreSQL server that compose starts. The server takes it when it is started for the
# first time; a change in here does not change it afterwards. Make one with: openssl rand -hex 24
POSTGRES_PASSWORD=

# The password of the user admin in the Grafana that compose starts. It takes it when it is started for the
# first time; README, "Passwords under Compose", says how to change both afterwards.
# Make one with: openssl rand -hex 24
GRAFANA_PASSWORD=

# The ports on this machine at which compose publishes MyCount, Prometheus, Grafana, and, with the profile
# "several", the one address of two servers.
#HTTP_PORT=8000
#PROMETHEUS_PORT=9090
#GRAFANA_PORT=3000
#PROXY_PORT=8080

# For MyCount itself, with compose or without.
"""
_HOW_TO_MAKE = {
    "secret_key": "Make one with: openssl rand -base64 48",
    "metrics_token": "Make one with: openssl rand -hex 24",
    "database_password": "Make one with: openssl rand -base64 24",
}
_NEEDED_BY_COMPOSE = "secret_key"
_DECIDED_BY_COMPOSE = {
    "environment",
    "host",
    "port",
    "data_dir",
    "metrics_host",
    "metrics_port",
    "metrics_token",
    "revision",
    "database_url",
    "database_host",
    "database_port",
    "database_name",
    "database_user",
    "database_password",
}
_SHOWN_FOR = {"data_dir": "./data", "secret_key": ""}


def rows(loaded: Loaded) -> list[tuple[str, str, str, str]]:
    """Every setting: its variable, its value ("" for none, secrets as ***), its source, its description."""
    return [
        (
            variable(name),
            _redacted(name, getattr(loaded.settings, name)),
            loaded.sources[name],
            info.description or "",
        )
        for name, info in Settings.model_fields.items()
    ]


def example() -> str:
    """The text of `.env.example`: every setting with its description and default, as comments.

    Not a comment is what docker compose must be told; an empty value sets nothing, so that it can be copied as it is.
    """
    head = _HEAD.format(needed=_paragraph(_NEEDED_BY_COMPOSE).replace("\n#MYCOUNT", "\nMYCOUNT"))
    return head + "".join(_paragraph(name) for name in Settings.model_fields if name != _NEEDED_BY_COMPOSE)


def _redacted(name: str, value: Any) -> str:
    return redacted(value) if name == "database_url" else shown(value)


def _paragraph(name: str) -> str:
    info = Settings.model_fields[name]
    lines = wrap(f"{info.description} {_HOW_TO_MAKE.get(name, '')}".strip(), 100)
    set_by = variable(name)
    if set_by in IN_FILES:
        besides = "" if name in _DECIDED_BY_COMPOSE else " (not with compose)"
        lines.append(f"It can be in a file instead, named by {set_by}_FILE{besides}.")
    if name in _DECIDED_BY_COMPOSE:
        lines.append("Not with compose: docker-compose.yml decides it, and does not read it here.")
    default = _SHOWN_FOR.get(name, shown(info.default))
    return "\n" + "".join(f"# {line}\n" for line in lines) + f"#{set_by}={default}\n"
