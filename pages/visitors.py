"""Who is looking at this page."""

from nicegui import context

from mycount.services.views import Visitor


def visitor() -> Visitor | None:
    """Give whoever's session this page was asked for with, or None for a stranger."""
    found = context.client.request.scope.get("state", {}).get("visitor")
    return found if isinstance(found, Visitor) else None


def me() -> Visitor:
    """Give whoever is looking, on a page that strangers are sent away from before it is built."""
    found = visitor()
    assert found is not None, "the session middleware lets nobody without a session come here"
    return found


def address() -> str:
    """Give the network address that this page was asked for from; behind a trusted proxy, the one that it names."""
    client = context.client.request.client
    return client.host if client else ""


def device() -> str:
    """Name the browser and system of this page in a few words, for the list of devices."""
    agent = context.client.request.headers.get("user-agent", "")
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    named = [next((name for mark, name in kinds if mark in agent), "") for kinds in (browsers, systems)]
    return " · ".join(name for name in named if name)
