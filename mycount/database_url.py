"""The address of the database: from whatever form it is handed out in to the one that SQLAlchemy takes.

PostgreSQL is always `postgresql+psycopg2://…`, each part encoded exactly once, and reached over TLS unless
it is on the same machine or in the same Compose network, or somebody said otherwise. SQLite's addresses stay.

A refusal (DatabaseURLError) never contains the password, nor anything else that was given.
"""

import re
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote

from mycount.database_forms import DatabaseURLError, Given, parse

__all__ = ["Address", "DatabaseURLError", "from_parts", "normalise", "read", "redacted"]

_AZURE = ".postgres.database.azure.com"
_SSL_MODES = {
    **{
        mode.replace("-", ""): mode
        for mode in ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
    },
    **dict.fromkeys(("true", "1", "on", "yes", "required"), "require"),
    **dict.fromkeys(("false", "0", "off", "no", "disabled"), "disable"),
}


@dataclass(frozen=True)
class Address:
    """A database's address as SQLAlchemy takes it, and what whoever set it should be told about it."""

    url: str = field(repr=False)
    warnings: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """The address as SQLAlchemy takes it; giving it the result again changes nothing."""
    return read(text).url


def read(text: str, *, production: bool = False) -> Address:
    """The address as SQLAlchemy takes it, with warnings; `production` adds those that only matter there."""
    text = _bare(text)
    if not text:
        raise DatabaseURLError("it is empty")
    if text.lower().startswith("sqlite"):
        return Address(_sqlite(text))
    return _finished(parse(text), production)


def from_parts(
    *, host: str, port: str = "", name: str, user: str = "", password: str = "", production: bool = False
) -> Address:
    """The address of a PostgreSQL database from its parts, each taken literally: nothing in them is encoded.

    `host` may be a folder with the server's socket in it.
    """
    return _finished(Given(host.strip(), port.strip(), name.strip(), user.strip(), password), production)


def redacted(url: str) -> str:
    """The address for logs and screens, with *** for the password; nothing of what cannot be read."""
    try:
        text = _bare(url)
        if text.lower().startswith("sqlite"):
            return _sqlite(text)
        given = _checked(parse(text))
    except DatabaseURLError:
        return "(not an address of a database)"
    options = {option: "***" if "password" in option else value for option, value in given.options.items()}
    return _rendered(replace(given, options=options), hide_password=True)


def _bare(text: str) -> str:
    """Without the blanks, marks and quotes that copying leaves around an address."""
    text = text.strip().strip("\ufeff\u200b").strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        text = text[1:-1].strip()
    return text


def _sqlite(text: str) -> str:
    scheme, _, rest = text.partition("://")
    scheme = scheme.lower()
    if scheme not in ("sqlite", "sqlite+pysqlite", "sqlite+aiosqlite"):
        raise DatabaseURLError("an SQLite address begins with sqlite:///")
    if not rest.strip("/") or ":memory:" in rest or "mode=memory" in rest:
        raise DatabaseURLError("an SQLite database in memory cannot serve several people: name a file")
    if not rest.startswith("/"):
        raise DatabaseURLError(
            "an SQLite address has three slashes before a relative path, four before an absolute one"
        )
    # The program calls the database from threads: the driver for coroutines would refuse.
    return f"{'sqlite' if scheme == 'sqlite+aiosqlite' else scheme}://{rest}"


def _finished(given: Given, production: bool) -> Address:
    given = _checked(given)
    return Address(_rendered(given), tuple(_warnings(given, production)))


def _checked(given: Given) -> Given:
    """The same parts, whole and possible, with an sslmode where one is due."""
    for text in (given.host, given.port, given.name, given.user, given.password, *given.options.values()):
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise DatabaseURLError(
                "it contains characters that no PostgreSQL address can have (NUL, or no UTF-8)"
            )
    if not given.host:
        raise DatabaseURLError("it names no host")
    if (
        not _is_socket(given.host)
        and not _is_ipv6(given.host)
        and not re.fullmatch(r"[\w-][\w.-]*", given.host)
    ):
        raise DatabaseURLError("its host is not the name or address of one machine")
    if given.port and not (re.fullmatch(r"[0-9]{1,5}", given.port) and 0 < int(given.port) < 65536):
        raise DatabaseURLError("its port is not a number from 1 to 65535")
    if not given.name:
        raise DatabaseURLError("it names no database")
    if given.password and not given.user:
        raise DatabaseURLError("it has a password but names no user")
    return replace(given, options=_with_ssl_mode(given))


def _with_ssl_mode(given: Given) -> dict[str, str]:
    options = dict(given.options)
    short = options.pop("ssl", "")
    mode = options.get("sslmode") or short
    if not mode:
        return options if _is_near(given.host) else {**options, "sslmode": "require"}
    known = _SSL_MODES.get(re.sub(r"[\s_-]", "", mode).lower())
    if known is None:
        raise DatabaseURLError(
            "its sslmode is not one of disable, allow, prefer, require, verify-ca, verify-full"
        )
    return {**options, "sslmode": known}


def _is_near(host: str) -> bool:
    """Whether the way to it needs no encryption: this machine, or a name within the same Compose network."""
    if _is_socket(host) or host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _is_socket(host: str) -> bool:
    return host.startswith(("/", "@"))


def _is_ipv6(host: str) -> bool:
    try:
        return ip_address(host).version == 6 and "%" not in host
    except ValueError:
        return False


def _warnings(given: Given, production: bool) -> list[str]:
    warnings = []
    if "@" in given.user and given.host.lower().endswith(_AZURE):
        warnings.append(
            "the user is written as for Azure's retired Single Server (user@server): "
            "Flexible Server wants the user alone"
        )
    mode = given.options.get("sslmode", "")
    if production and mode in ("disable", "allow", "prefer") and not _is_near(given.host):
        warnings.append(
            f"sslmode={mode} lets passwords and data travel unencrypted: sslmode=require does not"
        )
    return warnings


def _rendered(given: Given, *, hide_password: bool = False) -> str:
    def encoded(text: str) -> str:
        return quote(text, safe="")

    user = encoded(given.user)
    if given.password:
        user += ":" + ("***" if hide_password else encoded(given.password))
    options = dict(given.options)
    host = f"[{given.host}]" if ":" in given.host else given.host
    if _is_socket(given.host):
        host, options = "", {"host": given.host, **options}
    query = "&".join(f"{option}={quote(value, safe='/:,*')}" for option, value in options.items())
    return (
        f"postgresql+psycopg2://{user}{'@' if user else ''}{host}{':' if given.port else ''}{given.port}"
        f"/{quote(given.name, safe='/')}{'?' if query else ''}{query}"
    )
