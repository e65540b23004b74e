"""Addresses as others have to write them: whole, and where this server is reached from outside."""

from nicegui import context


class Addresses:
    """What the settings say of this server's address.

    Set once, when the program is put together, before the first page is asked for. Like presence, it is state
    in a module without a page, so that the reset between page tests does not drop it.
    """

    public_url: str | None = None


def public_origin() -> str:
    """Give where people reach this server, without a slash at the end: "https://money.example".

    It is what the setting says; without one, what the browser of whoever is looking asked for.
    """
    if Addresses.public_url:
        return Addresses.public_url.rstrip("/")
    request = context.client.request
    prefix = request.headers.get("x-forwarded-prefix") or request.scope.get("root_path", "")
    return f"{request.url.scheme}://{request.url.netloc}{prefix.rstrip('/')}"


def invite_link(token: str) -> str:
    """Give the link that lets somebody in."""
    return f"{public_origin()}/join/{token}"
