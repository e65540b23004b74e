"""Names the template of an address ("/groups/{group_id}"), so that no count and no log holds what was asked for."""

from collections.abc import Iterator

from fastapi import FastAPI
from starlette.routing import Match, Route
from starlette.types import Scope

UNMATCHED = "unmatched"
ASSETS = ("/_nicegui_ws", "/_nicegui", "/static")


class Templates:
    """The templates of all routes of one or more apps, as they are at the moment of asking."""

    def __init__(self, *apps: FastAPI) -> None:
        self._apps = apps

    def label(self, path: str, method: str) -> str:
        """Name a request for counting: its template, one name for assets of a kind, one for all that is unknown.

        A route below /_nicegui may be one for each client, and is never named.
        """
        for asset in ASSETS:
            if path == asset or path.startswith(asset + "/"):
                return asset
        return self.find(path, method) or UNMATCHED

    def find(self, path: str, method: str = "GET") -> str | None:
        """Give the template that a path belongs to, be the method allowed there or not; None if there is none."""
        scope: Scope = {"type": "http", "path": path, "root_path": "", "method": method, "headers": []}
        return next(
            (route.path for route in self._routes() if route.matches(scope)[0] is not Match.NONE), None
        )

    def pages(self) -> list[str]:
        """List the templates that can be looked at, without assets."""
        shown = (route for route in self._routes() if "GET" in (route.methods or ()))
        return sorted({route.path for route in shown if not route.path.startswith(ASSETS)})

    def _routes(self) -> Iterator[Route]:
        for app in self._apps:
            yield from (route for route in app.routes if isinstance(route, Route))
