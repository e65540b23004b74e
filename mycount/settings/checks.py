"""What each setting may be; a refusal (ValueError) says what is wanted, and never what was given."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from mycount.domain.currency import CURRENCIES
from mycount.domain.language import LANGUAGES

SECRET_LENGTH = 24
_TOKEN_LENGTH = 16
# Found in examples, and so in programs that scan for them.
_WELL_KNOWN = re.compile(
    r"change[-_ ]?(me|this|it)|example|insecure|placeholder|default|password|your[-_ ]|"
    r"secret[-_ ]?key|super[-_ ]?secret|my[-_ ]?secret|mycount|replace|qwert|abcdefgh|12345678|<.*>",
    re.IGNORECASE,
)


def lower(value: Any) -> Any:
    """Capitals do not matter."""
    return value.lower() if isinstance(value, str) else value


def host(value: Any) -> str:
    """An address or name to listen on, without port and scheme."""
    text = str(value).removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(text))
    except ValueError:
        if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", text):
            raise ValueError("must be an address or a name alone, such as 127.0.0.1 or 0.0.0.0") from None
        return text


def host_or_none(value: Any) -> str | None:
    """The same, where it may be left out."""
    return None if value is None else host(value)


def port(value: Any) -> Any:
    """A port's number; says what happened where Kubernetes has put an address there."""
    if isinstance(value, str) and value.startswith("tcp://"):
        raise ValueError(
            "is the address that Kubernetes sets for a service of this name: "
            "set a number, or enableServiceLinks: false"
        )
    return value


def folder(value: Any) -> Path:
    """A folder, with ~ for the home of whoever runs the program."""
    path = Path(value)
    if "\0" in str(path):
        raise ValueError("must be a folder")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("begins with ~, but there is no home folder here") from None


def public_url(value: Any) -> str | None:
    """The origin, with a path where there is one, without a slash at the end."""
    if value is None:
        return None
    wanted = (
        "must be https://name or http://name, with a port and a path where they are needed, and nothing else"
    )
    try:
        parts = urlsplit(str(value))
        number = parts.port
    except ValueError:
        raise ValueError(wanted) from None
    name, path = parts.hostname or "", parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or re.search(r"[?#\s\\]", str(value)):
        raise ValueError(wanted)
    if not re.fullmatch(r"[\w.:-]+", name) or not re.fullmatch(r"(/[\w.~-]+)*", path):
        raise ValueError(wanted)
    name = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{name}{'' if number is None else f':{number}'}{path}"


def networks(value: Any) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks or addresses, with commas between them; not everybody's."""
    words = re.split(r"[,\s]+", value) if isinstance(value, str) else value
    try:
        named = tuple(ip_network(word) for word in words if word)
    except ValueError:
        raise ValueError(
            "must be networks or addresses with commas between them, such as 172.16.0.0/12,10.0.0.5"
        ) from None
    if any(network.prefixlen == 0 for network in named):
        raise ValueError("must not be everybody: whoever is believed can claim any address")
    return named


def language(value: Any) -> str:
    """A language that the program speaks."""
    code = str(value).lower()
    if code not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(sorted(LANGUAGES))}")
    return code


def currency(value: Any) -> str:
    """An ISO 4217 code."""
    code = str(value).upper()
    if code not in CURRENCIES:
        raise ValueError("must be the code of a currency (ISO 4217), such as EUR")
    return code


def secret_key(value: Any) -> SecretStr:
    """A key that nobody can guess."""
    return SecretStr(_unguessable(_plain(value), SECRET_LENGTH))


def revision(value: Any) -> str:
    """The name of a commit or a build, which is shown in the metrics."""
    if not re.fullmatch(r"[\w.+/:@-]{1,100}", str(value)):
        raise ValueError("must be the name of a commit or build, in one word")
    return str(value)


def metrics_token(value: Any) -> SecretStr | None:
    """A token that can travel in a header, and that nobody can guess."""
    if value is None:
        return None
    token = _unguessable(_plain(value), _TOKEN_LENGTH)
    if not re.fullmatch(r"[!-~]+", token):
        raise ValueError("must be of plain letters, digits and signs, without blanks: it travels in a header")
    return SecretStr(token)


def _plain(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _unguessable(text: str, length: int) -> str:
    if len(text) < length:
        raise ValueError(f"must have at least {length} characters")
    if _WELL_KNOWN.search(text) or len(set(text)) < 8:
        raise ValueError("looks like an example's: make a random one with: openssl rand -base64 48")
    return text
