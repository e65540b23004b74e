"""Measures what has to be asked for: open pages, the connection pool, and how late the event loop is."""

import asyncio
import hmac

from nicegui import Client
from sqlalchemy.pool import QueuePool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mycount.db.session import Database
from mycount.domain.network import is_near
from mycount.web.metrics import CONTENT_TYPE, Metrics

_LAG_EVERY = 0.5  # seconds


class Sampling:
    """Answers /metrics, with the gauges as they are at that moment.

    To a bearer of the token, if there is one. Without one, and beside the pages, to whoever asks from near and not
    through a proxy: nobody's figures are on the internet because a setting was forgotten.
    """

    def __init__(self, metrics: Metrics, database: Database, token: str | None) -> None:
        self._metrics = metrics
        self._database = database
        self._token = token

    def routes(self) -> list[Route]:
        """Give the address, for GET and HEAD, on a port of its own."""
        return [Route("/metrics", self._answer)]

    def routes_beside_pages(self) -> list[Route]:
        """Give the address, for GET and HEAD, on the port of the pages."""
        return [Route("/metrics", self._answer if self._token is not None else self._answer_near)]

    async def measure_lag(self) -> None:
        """Observe how late the event loop comes back from short sleeps, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LAG_EVERY
            await asyncio.sleep(_LAG_EVERY)
            self._metrics.loop_lag.observe(max(0.0, loop.time() - due))

    async def _answer_near(self, request: Request) -> Response:
        if not _is_near(request):
            self._metrics.refused("metrics_token")
            raise HTTPException(404)
        return await self._answer(request)

    async def _answer(self, request: Request) -> Response:
        if self._token is not None and not _bears(request, self._token):
            self._metrics.refused("metrics_token")
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        self._sample()
        return Response(
            self._metrics.render(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"}
        )

    def _sample(self) -> None:
        pages = list(Client.instances.values())
        self._metrics.pages.set(len(pages))
        self._metrics.clients.set(sum(page.has_socket_connection for page in pages))
        pool = self._database.engine.pool
        if isinstance(pool, QueuePool):
            self._metrics.pool_size.set(pool.size())
            self._metrics.pool_in_use.set(pool.checkedout())
            self._metrics.pool_waiting.set(_waiting(pool))


def _is_near(request: Request) -> bool:
    """Say whether somebody asks from near; who came through a proxy may be anybody."""
    came_through = {"x-forwarded-for", "forwarded"} & set(request.headers)
    return not came_through and request.client is not None and is_near(request.client.host)


def _bears(request: Request, token: str) -> bool:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return hmac.compare_digest(given.strip().encode(), token.encode()) and kind.lower() == "bearer"


def _waiting(pool: QueuePool) -> int:
    """Count the threads that wait for a connection; SQLAlchemy has no public way to ask."""
    return len(getattr(getattr(pool._pool, "not_empty", None), "_waiters", ()))
