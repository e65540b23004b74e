"""The forms in which an address of a PostgreSQL database is handed out, all read into the same parts.

URLs (`postgres://`, SQLAlchemy's with a driver, JDBC's), libpq's `host=… user=…` and ADO.NET's
`Server=…;User Id=…`.
No message of this module contains anything that was given: any part of it may be part of a password.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

# What psycopg2's libpq takes beside host, port, dbname, user and password (PostgreSQL documentation, 34.1.2).
# `service` is left out: it would name a database that is in no setting.
_OPTION_WORDS = """
    hostaddr passfile require_auth channel_binding connect_timeout client_encoding options application_name
    fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count
    tcp_user_timeout gssencmode sslmode sslnegotiation sslcompression sslcert sslkey sslpassword
    sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer ssl_min_protocol_version
    ssl_max_protocol_version krbsrvname gsslib gssdelegation target_session_attrs
    load_balance_hosts
"""
OPTIONS = frozenset(_OPTION_WORDS.split())
_PARTS = frozenset({"host", "port", "dbname", "user", "password"})
# Other drivers' words for the same, without blanks, hyphens and underscores.
_SYNONYMS = {
    **dict.fromkeys(("server", "datasource", "address", "addr"), "host"),
    **dict.fromkeys(("database", "db", "initialcatalog"), "dbname"),
    **dict.fromkeys(("userid", "username", "uid"), "user"),
    "pwd": "password",
    "ssl": "ssl",
    "sslrootcertificate": "sslrootcert",
    "rootcertificate": "sslrootcert",
    "applicationname": "application_name",
    **dict.fromkeys(("timeout", "connecttimeout", "connectiontimeout", "logintimeout"), "connect_timeout"),
}
# ADO.NET's words about its own pool and habits: they say nothing about the database.
_DROPPED_WORDS = """
    trustservercertificate pooling minpoolsize minimumpoolsize maxpoolsize maximumpoolsize commandtimeout
    connectionidlelifetime connectionlifetime persistsecurityinfo includeerrordetail integratedsecurity
    multiplexing enlist keepalive tcpkeepalive
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_ADO_KEY = (
    r"(?:server|host|data source|port|database|db|initial catalog|user ?id|user ?name|user|uid|password|pwd)"
)
_ADO_LIKE = re.compile(rf"(?:^|;)\s*{_ADO_KEY}\s*=.*;\s*{_ADO_KEY}\s*=", re.IGNORECASE | re.DOTALL)
_ADO_PAIR = re.compile(r"""\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*?)\s*(?:;|$)""", re.DOTALL)
_LIBPQ_PAIR = re.compile(
    r"""\s*(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*|)(?:\s+|$)""", re.DOTALL
)
# A `?` begins the query where a parameter that we know follows, maybe after others: elsewhere it may be in a
# password.
_QUERY = re.compile(rf"\?(?:\w+=[^&@]*&)*(?:{'|'.join(sorted(OPTIONS | _PARTS))}|ssl)=", re.IGNORECASE)


class DatabaseURLError(ValueError):
    """An address that cannot be used; the text says why in one line and contains nothing of the address."""


@dataclass
class Given:
    """An address taken apart; every value is plain text, nothing is percent-encoded."""

    host: str = ""
    port: str = ""
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    options: dict[str, str] = field(default_factory=dict, repr=False)


def parse(text: str) -> Given:
    """Take apart an address in any of the forms; refuses (DatabaseURLError) what is none of them."""
    url = re.match(r"(jdbc:)?(postgres(?:ql)?)(\+\w+)?://", text, re.IGNORECASE)
    if url:
        # SQLAlchemy writes a blank in the query as +, libpq and people do not.
        return _url(text[url.end() :], plus_is_blank=url[3] is not None)
    if _ADO_LIKE.search(text):
        return _ado(text)
    if re.match(r"\w+\s*=", text):
        return _gathered(_libpq_pairs(text))
    raise DatabaseURLError("this is not the address of a PostgreSQL or SQLite database")


def _url(rest: str, *, plus_is_blank: bool) -> Given:
    query_starts = _QUERY.search(rest)
    end = query_starts.start() if query_starts else len(rest)
    head, query = rest[:end], rest[end + 1 :]
    user_part, _, host_part = ("", "", head) if head.startswith(("/", "?")) else head.rpartition("@")
    if not query_starts:
        host_part, _, query = host_part.partition("?")
    place, _, name = host_part.partition("/")
    user, _, password = user_part.partition(":")
    host, port = _place(place)
    given = Given(_decoded(host), port, _decoded(name), _decoded(user), _decoded(password))
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    if plus_is_blank:
        pairs = [(key, equals, value.replace("+", " ")) for key, equals, value in pairs]
    return _gathered(((key, _decoded(value)) for key, _, value in pairs), given)


def _place(text: str) -> tuple[str, str]:
    """Host and port of `host`, `host:port`, `[v6]` or `[v6]:port`."""
    bracketed = re.fullmatch(r"\[([^\]]*)\](?::(.*))?", text, re.DOTALL)
    if bracketed:
        return bracketed[1], bracketed[2] or ""
    host, _, port = text.partition(":")
    return host, port


def _decoded(text: str) -> str:
    """Percent-decode; a text that does not decode to UTF-8 was never encoded, and stays."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _ado(text: str) -> Given:
    pairs = _matches(_ADO_PAIR, text.rstrip("; \t\r\n"))
    given = _gathered((key, _unquoted(value, doubled=True)) for key, value in pairs)
    place = re.sub(r"^tcp:", "", given.host, flags=re.IGNORECASE)
    if "," in place or place.count(":") == 1:
        host, port = re.split(r"[,:]", place, maxsplit=1)
        return replace(given, host=host.strip(), port=given.port or port.strip())
    return replace(given, host=place)


def _libpq_pairs(text: str) -> Iterator[tuple[str, str]]:
    for key, value in _matches(_LIBPQ_PAIR, text):
        yield key, re.sub(r"\\(.)", r"\1", _unquoted(value, doubled=False), flags=re.DOTALL)


def _matches(pair: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """Every key with its value, in order; refuses what lies between them."""
    at, count = 0, 0
    while at < len(text):
        found = pair.match(text, at)
        if not found:
            raise DatabaseURLError(
                f"what follows its part {count} is not of the form name=value (quotes missing?)"
            )
        yield found[1], found[2]
        at, count = found.end(), count + 1


def _unquoted(value: str, *, doubled: bool) -> str:
    quote = value[:1]
    if quote not in ("'", '"') or len(value) < 2 or value[-1] != quote or (quote == '"' and not doubled):
        return value
    inner = value[1:-1]
    return inner.replace(quote * 2, quote) if doubled else inner


def _gathered(pairs: Iterable[tuple[str, str]], into: Given | None = None) -> Given:
    """The parts named by pairs, in whosever words, beside those already known; refuses what contradicts."""
    given = into or Given()
    known = {
        "host": given.host,
        "port": given.port,
        "dbname": given.name,
        "user": given.user,
        "password": given.password,
    }
    for number, (key, value) in enumerate(pairs, start=1):
        option = _option(key)
        if option is None:
            # Named by its place only: behind an unquoted & or ; there may be the rest of a password.
            raise DatabaseURLError(
                f"its parameter {number} is none that PostgreSQL's library knows: remove it"
            )
        if not value or not option:
            continue
        if known.get(option) and known[option] != value:
            raise DatabaseURLError(f"it gives {option} twice, and differently")
        known[option] = value
    options = {option: value for option, value in known.items() if option not in _PARTS}
    return Given(known["host"], known["port"], known["dbname"], known["user"], known["password"], options)


def _option(key: str) -> str | None:
    """libpq's word for a key, "" for one without meaning here, None for one that nobody knows."""
    lower, squeezed = key.strip().lower(), _squeezed(key)
    if lower in OPTIONS or lower in _PARTS:
        return lower
    if squeezed in OPTIONS or squeezed in _PARTS:
        return squeezed
    return "" if squeezed in _DROPPED else _SYNONYMS.get(squeezed)


def _squeezed(key: str) -> str:
    return re.sub(r"[\s_-]", "", key).lower()
