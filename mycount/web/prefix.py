"""Where in a host's address the app lies: below a path if the public URL has one, whatever a client claims."""

from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from pages.addresses import path_of

HEADER = "x-forwarded-prefix"  # what NiceGUI goes by


class Prefix:
    """Takes the path of `public_url` off each address, if the proxy in front has left it on, and tells NiceGUI of it.

    A proxy that takes it off by itself works too, unless that path is one of the app's own, such as "/groups".
    """

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self.app = app
        self._written = path_of(public_url).encode("ascii")
        self._path = unquote(path_of(public_url))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the address and the header that are right."""
        if scope["type"] != "lifespan":
            headers = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
            scope = {**scope, "headers": headers}
            if self._path:
                headers.append((HEADER.encode(), self._written))
                self._shorten(scope)
        await self.app(scope, receive, send)

    def _shorten(self, scope: Scope) -> None:
        path: str = scope["path"]
        if path == self._path or path.startswith(f"{self._path}/"):
            scope["path"] = path[len(self._path) :] or "/"
            scope["raw_path"] = scope.get("raw_path", b"").removeprefix(self._written) or b"/"
