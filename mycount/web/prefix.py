"""Where in a host's address the app lies: below a path if the public URL has one, whatever a client claims."""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "x-forwarded-prefix"  # what NiceGUI goes by


class Prefix:
    """Replaces the header by the path of `public_url`; a proxy in front takes that path off again."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self.app = app
        self._path = urlsplit(public_url or "").path.rstrip("/").encode("ascii", "ignore")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the header that is right."""
        if scope["type"] != "lifespan":
            headers = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
            if self._path:
                headers.append((HEADER.encode(), self._path))
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)
