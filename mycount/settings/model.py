"""The settings: their names, defaults and checks. The descriptions are what people read about each."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from mycount.settings import checks
from mycount.settings.found import ALIASES, PREFIX

_lower = BeforeValidator(checks.lower)


def _aliased(name: str) -> AliasChoices:
    return AliasChoices(name, ALIASES[name])


class Settings(BaseSettings):
    """Every setting, checked. Read with `load`; made directly, it looks at nothing but its arguments."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        validate_default=False,  # the empty secret key stands for "make one"
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    environment: Annotated[Literal["local", "production"], _lower] = Field(
        "local",
        description="Where it runs: local or production. In production, database and secret key must be set.",
    )
    host: Annotated[str, BeforeValidator(checks.host)] = Field(
        "127.0.0.1",
        description="The address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for all networks.",
    )
    port: Annotated[int, BeforeValidator(checks.port)] = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=_aliased("MYCOUNT_PORT"),
        description="The port to listen on; 0 takes any free one. PORT is read too, where this is not set.",
    )
    public_url: Annotated[str | None, BeforeValidator(checks.public_url)] = Field(
        None,
        description="The address at which people reach it, such as https://money.example.org or "
        "https://example.org/money: used in invite links, and with https cookies travel encrypted only.",
    )
    trusted_proxies: Annotated[
        tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(checks.networks)
    ] = Field(
        (),
        description="Networks of the reverse proxies whose X-Forwarded headers are believed, such as "
        "172.16.0.0/12,10.0.0.5. Without it none is believed.",
    )
    pages_per_second: float = Field(
        5.0,
        ge=0,
        le=1000,
        allow_inf_nan=False,
        description="How many pages one visitor may open in a second on average, and twelve times as many at once; "
        "0 means without limit.",
    )
    sockets_per_second: float = Field(
        20.0,
        ge=0,
        le=1000,
        allow_inf_nan=False,
        description="How many connections of pages one address may open in a second on average; five times as many at "
        "once, and five times as many for all together. 0 means without limit.",
    )
    data_dir: Annotated[Path, BeforeValidator(checks.folder)] = Field(
        Path("data"),
        description="The folder for what is kept in files: the SQLite database, the local secret key.",
    )
    database_url: str = Field(
        "",
        repr=False,
        validation_alias=_aliased("MYCOUNT_DATABASE_URL"),
        description="The address of the database: PostgreSQL's in any usual form, or sqlite:///path. "
        "DATABASE_URL is read too, where this is not set. Locally the default is mycount.db in the data "
        "folder.",
    )
    database_host: str | None = Field(
        None,
        description="The database's server, where its address is given in parts; nothing is encoded in them.",
    )
    database_port: int | None = Field(None, ge=1, le=65535, description="The database server's port.")
    database_name: str | None = Field(None, description="The name of the database on that server.")
    database_user: str | None = Field(None, description="The user to sign in to the database as.")
    database_password: SecretStr | None = Field(None, description="That user's password, exactly as it is.")
    database_pool_size: int = Field(
        10, ge=1, le=200, description="How many connections to the database are open at most."
    )
    database_attempts: int = Field(
        3, ge=1, le=1000, description="How many times the database is tried at start before giving up."
    )
    database_retry_seconds: float = Field(
        1.0,
        ge=0,
        le=30,
        allow_inf_nan=False,
        description="The wait after the first failed attempt, in seconds; it doubles each time, up to 30.",
    )
    secret_key: Annotated[SecretStr, BeforeValidator(checks.secret_key)] = Field(
        SecretStr(""),
        description="The key that invite links are derived from: at least 24 random characters, the same on "
        "every server. Locally one is made and kept in the data folder.",
    )
    metrics_token: Annotated[SecretStr | None, BeforeValidator(checks.metrics_token)] = Field(
        None, description="The bearer token that /metrics asks for: at least 16 characters."
    )
    metrics_port: Annotated[int | None, BeforeValidator(checks.port)] = Field(
        None,
        ge=0,
        le=65535,
        description="A port for /metrics alone: then nothing but /metrics is answered there, and /metrics nowhere "
        "else. 0 takes any free one. Without it /metrics is on the same port as the pages.",
    )
    metrics_host: Annotated[str | None, BeforeValidator(checks.host_or_none)] = Field(
        None,
        description="The address to listen on for that port, where it is not the one of the pages, such as "
        "127.0.0.1 for a Prometheus on this machine.",
    )
    sign_up: Annotated[Literal["open", "invitation", "closed"], _lower] = Field(
        "open",
        description="Who may make an account: anybody (open), whoever was invited (invitation), or nobody "
        "(closed). The first account is always possible, and administers.",
    )
    invite_days: int = Field(
        7, ge=1, le=365, description="How many days an invite is valid, unless chosen otherwise."
    )
    session_days: int = Field(
        14, ge=1, le=400, description="After how many days without use a person is signed out."
    )
    default_language: Annotated[str, BeforeValidator(checks.language)] = Field(
        "en",
        description="The language for whoever has chosen none and whose browser asks for none that we have.",
    )
    default_currency: Annotated[str, BeforeValidator(checks.currency)] = Field(
        "EUR",
        description="The currency that somebody's first group begins with (ISO 4217), where their browser names "
        "no region.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error", "critical"], _lower] = Field(
        "info", description="The least that is logged: debug, info, warning, error or critical."
    )
    log_format: Annotated[Literal["auto", "json", "readable"], _lower] = Field(
        "auto", description="How it is logged: json, readable, or auto (readable on a terminal, else json)."
    )
    revision: Annotated[str, BeforeValidator(checks.revision)] = Field(
        "unknown",
        description="What this build was made from, such as a commit; shown in the metrics. An image sets it "
        "when it is built.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take the arguments only: `load` reads the environment, and remembers where each value was."""
        return (init_settings,)

    @property
    def is_production(self) -> bool:
        """Whether people's real money is kept here."""
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies must travel encrypted only: where people come by https."""
        return (self.public_url or "").startswith("https://")


def variable(field_name: str) -> str:
    """The variable that sets a field."""
    return f"{PREFIX}{field_name.upper()}"


def shown(value: Any) -> str:
    """A setting's value as it would be typed; a secret as ***."""
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)
