"""Where this server lies in the address that people know: behind which host, and below which path of it."""

from functools import cache
from urllib.parse import quote, urlsplit

from nicegui import context

from pages.installation import Installation


@cache
def path_of(public_url: str | None) -> str:
    """Give the path that a public URL adds before every address of ours, as a browser writes it: "/money", or ""."""
    return quote(urlsplit(public_url or "").path.rstrip("/"), safe="/~")


def root() -> str:
    """Give the path that this server's addresses begin with: "/money", or "" at the root of its host.

    NiceGUI adds it to links, redirects and its own files; whatever else a browser is told to fetch begins with this.
    """
    return path_of(Installation.public_url)


def inside(address: str) -> str:
    """Give an address of this server as it is, fit for a link; refuses (ValueError) every other.

    One that begins with a scheme may be a script ("javascript:"), and one with two slashes is somebody else's.
    """
    if not address.startswith("/") or address[1:2] in ("/", "\\"):
        raise ValueError("not an address of this server")
    return address


def public_origin() -> str:
    """Give where people reach this server, without a slash at the end: "https://money.example".

    It is what the setting says; without one, what the browser of whoever is looking asked for.
    """
    if Installation.public_url:
        return Installation.public_url.rstrip("/")
    request = context.client.request
    return f"{request.url.scheme}://{request.url.netloc}"


def invite_link(token: str) -> str:
    """Give the link that lets somebody in."""
    return f"{public_origin()}/join/{token}"
