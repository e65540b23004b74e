"""Answers /metrics on a port of its own, beside the server of the pages and on the same event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from mycount.web.patience import patient

_MOST = 50  # connections at once: Prometheus has one


@asynccontextmanager
async def answering(
    app: ASGIApp | None, listener: socket.socket | None, refused: Callable[[str], None]
) -> AsyncIterator[None]:
    """Serve an app on a listener for as long as the block runs; without either, only run the block.

    `refused` counts the connections that are cut off.
    """
    if app is None or listener is None:
        yield
        return
    server = _Beside(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            http=patient(_MOST, refused),
            ws="none",
            timeout_graceful_shutdown=1,
        )
    )
    serving = asyncio.create_task(server.serve([listener]), name="metrics port")
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Beside(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the server of the pages."""
        yield
