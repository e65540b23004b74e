"""Reads all settings, says where each came from, and refuses everything that is wrong in one go."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_settings import EnvSettingsSource

from mycount.settings import database, secret
from mycount.settings.found import PREFIX, Found, SettingsError, find
from mycount.settings.model import Settings, variable
from mycount.settings.unread import Unread, unread


@dataclass(frozen=True)
class Loaded:
    """The settings; where each came from, by the name of its field; and what whoever set them should hear."""

    settings: Settings
    sources: dict[str, str]
    warnings: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = field(default=())


def load(environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Loaded:
    """Read the settings from the environment, and what is not set there from `env_file`.

    Makes and keeps the local secret key where none is set. Refuses (SettingsError) with one line for each
    thing that is wrong; no line contains a value.
    """
    found = find(os.environ if environ is None else environ, env_file)
    refusals = list(found.refusals)
    values = _values(found)
    settings = _validated(values, found, refusals)
    # What follows is checked as well when something else was wrong, so that all is said in one go.
    production = found.text("MYCOUNT_ENVIRONMENT").lower() == "production"
    data_dir = settings.data_dir if settings else Path("data")
    chosen = database.choose(found, data_dir, production=production)
    refusals += chosen.refusals
    if production and "secret_key" not in values and "MYCOUNT_SECRET_KEY_FILE" not in found.variables:
        refusals.append(
            "MYCOUNT_SECRET_KEY: must be set in production; make one with: openssl rand -base64 48"
        )
    if settings and settings.metrics_port and settings.metrics_port == settings.port:
        refusals.append(
            f"{_to_change('metrics_port', found)}: must not be the port of the pages, {settings.port}"
        )
    if refusals or settings is None:
        raise SettingsError(*dict.fromkeys(refusals))
    sources = {name: _source(name, found) for name in Settings.model_fields}
    sources["database_url"] = chosen.source
    changes: dict[str, Any] = {"database_url": chosen.url}
    warnings = [*found.warnings, *chosen.warnings]
    if "secret_key" not in values:
        kept = secret.kept(data_dir)
        changes["secret_key"] = SecretStr(kept.key)
        sources["secret_key"] = f"generated in {kept.path}"
        warnings += kept.warnings
    settings = settings.model_copy(update=changes)
    warnings += _exposed(settings)
    return Loaded(settings, sources, tuple(warnings), unread(found, named=chosen.named))


def _values(found: Found) -> dict[str, Any]:
    """The texts of all settings, as pydantic-settings finds them among the variables."""
    source = EnvSettingsSource(Settings)
    # Its names are in small letters. Ours are read exactly as documented: `unread` names the others.
    source.env_vars = {name.lower(): each.text for name, each in found.variables.items() if name.isupper()}
    return source()


def _validated(values: dict[str, Any], found: Found, refusals: list[str]) -> Settings | None:
    try:
        return Settings(**values)
    except ValidationError as errors:
        for error in errors.errors(include_url=False, include_context=False, include_input=False):
            field_name = str(error["loc"][0]).removeprefix(PREFIX).lower()
            message = error["msg"].removeprefix("Value error, ").replace("Input should", "must")
            refusals.append(f"{_to_change(field_name, found)}: {message}")
        return None


def _to_change(field_name: str, found: Found) -> str:
    """The variable that sets a field, and where it is, when not in the environment."""
    setter = found.setter(variable(field_name))
    if setter is None or setter.where == "environment":
        return setter.name if setter else variable(field_name)
    return f"{setter.name} ({setter.where})"


def _source(field_name: str, found: Found) -> str:
    setter = found.setter(variable(field_name))
    return setter.source if setter else "default"


def _exposed(settings: Settings) -> list[str]:
    """What is only tolerable where nobody's real money is kept."""
    if not settings.is_production:
        return []
    is_public = settings.metrics_port is None and settings.metrics_token is None
    doubts = {
        "MYCOUNT_PUBLIC_URL is not set: cookies are not kept to https, links name the request's host": (
            settings.public_url is None
        ),
        "MYCOUNT_PUBLIC_URL is not https: passwords and cookies travel unencrypted": (
            settings.public_url is not None and not settings.secure_cookies
        ),
        "MYCOUNT_TRUSTED_PROXIES is not set: behind a proxy, all people count as one address": (
            not settings.trusted_proxies
        ),
        "MYCOUNT_METRICS_TOKEN and MYCOUNT_METRICS_PORT are not set: whoever opens /metrics from a private network "
        "sees counts and timings, unless a proxy keeps it back": is_public,
    }
    return [sentence for sentence, applies in doubts.items() if applies]
