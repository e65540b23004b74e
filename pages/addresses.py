"""Addresses as others have to write them: whole, and where this server is reached from outside."""

from nicegui import context

from pages.installation import Installation


def public_origin() -> str:
    """Give where people reach this server, without a slash at the end: "https://money.example".

    It is what the setting says; without one, what the browser of whoever is looking asked for.
    """
    if Installation.public_url:
        return Installation.public_url.rstrip("/")
    request = context.client.request
    prefix = request.headers.get("x-forwarded-prefix") or request.scope.get("root_path", "")
    return f"{request.url.scheme}://{request.url.netloc}{prefix.rstrip('/')}"


def invite_link(token: str) -> str:
    """Give the link that lets somebody in."""
    return f"{public_origin()}/join/{token}"
