"""Runs the server: takes the address first, says what is in force, and ends with an exit code that means something.

0: asked to stop (SIGTERM, Ctrl+C), and what was running is finished. 1: the address cannot be taken, or the
database could not be reached.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

import structlog
import uvicorn

from mycount.settings import Loaded, Settings, rows
from mycount.web import logs
from mycount.web.metrics_port import answering
from mycount.web.patience import patient, raise_file_limit, room

if TYPE_CHECKING:
    from mycount.web.app import Server

_log = structlog.stdlib.get_logger("mycount.web.serve")

_GRACE_SECONDS = 4  # for requests that are running
_LAST_SECONDS = 9.0  # for everything; a database that hangs must not keep the process
_LARGEST_FRAME = 200_000  # bytes; uvicorn would take 16 MiB


class AddressError(Exception):
    """The address cannot be taken; the text says why, in one line."""


class Runner(uvicorn.Server):
    """Serves until it is told to stop, or until start-up has failed; being told to stop is no failure."""

    def __init__(
        self, config: uvicorn.Config, server: Server, address: str, metrics: socket.socket | None
    ) -> None:
        super().__init__(config)
        self._server = server
        self._address: str | None = address
        self._metrics = metrics

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve the pages, and beside them the metrics where they have a port of their own."""
        async with answering(self._server.metrics_app, self._metrics, self._server.metrics.refused):
            await super().serve(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Say, ten times a second, whether to end; and once, where to go."""
        if self._address and self._server.startup.ready:
            _log.info("ready", message=f"MyCount is ready: open {self._address}")
            self._address = None
        return await super().on_tick(counter) or self._server.startup.failed

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop, and see to it that it comes to an end."""
        _log.info("stopping", signal=signal.Signals(sig).name)
        end_within(_LAST_SECONDS)
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Forget the signals once they are obeyed; uvicorn would raise them again, and end by them."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def serve(loaded: Loaded, add_pages: Callable[[], None] | None = None) -> int:
    """Serve until stopped; gives the exit code. Raises AddressError before anything else is done."""
    settings = loaded.settings
    listener = listen(settings.host, settings.port)
    metrics = None if settings.metrics_port is None else _listen_for_metrics(settings)
    logs.configure(settings.log_level, settings.log_format)
    _say_what_is_in_force(loaded)
    if metrics:
        _log.info("listening_for_metrics", message=f"metrics are on {address_of(metrics)}/metrics")
    _log.info("listening", message=f"listening on {address_of(listener)}", address=address_of(listener))
    from mycount.web import speed  # from here on it takes a while: who comes meanwhile waits in the queue
    from mycount.web.app import build_app

    server = build_app(settings, add_pages)
    speed.calm_collector()
    config = _config(server, settings, raise_file_limit())
    runner = Runner(config, server, settings.public_url or address_of(listener), metrics)
    runner.run([listener])
    _log.info("stopped", failed=server.startup.failed)
    return 1 if server.startup.failed else 0


def listen(host: str, port: int, *, setting: str = "MYCOUNT_PORT") -> socket.socket:
    """Take an address and listen there, so that whoever comes early waits instead of being turned away.

    Raises AddressError where that cannot be; its text names the setting of the port.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        at = f"{host}:{port}"
        taken = f"is it running already? Else set {setting}"
        reason = (
            taken
            if error.errno == errno.EADDRINUSE
            else f"check {setting.replace('PORT', 'HOST')} and {setting}"
        )
        raise AddressError(f"cannot listen on {at}: {error.strerror or error} ({reason})") from error
    listener.setblocking(False)
    return listener


def address_of(listener: socket.socket) -> str:
    """Write the address that is really bound, as one would open it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def end_within(seconds: float) -> None:
    """End the process after so long, whatever still runs."""

    def end() -> None:
        time.sleep(seconds)
        _log.error("stopped_by_force", after_seconds=seconds)
        os._exit(0)

    threading.Thread(target=end, name="last resort", daemon=True).start()


def _listen_for_metrics(settings: Settings) -> socket.socket:
    host = settings.metrics_host or settings.host
    return listen(host, settings.metrics_port or 0, setting="MYCOUNT_METRICS_PORT")


def _config(server: Server, settings: Settings, files: int) -> uvicorn.Config:
    proxies = [str(network) for network in settings.trusted_proxies]
    return uvicorn.Config(
        server,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        http=patient(room(files, settings.database_pool_size), server.metrics.refused),
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ws_max_size=_LARGEST_FRAME,
    )


def _say_what_is_in_force(loaded: Loaded) -> None:
    for name, value, source, _ in rows(loaded):
        _log.info("setting", name=name, value=value, source=source)
    for warning in loaded.warnings:
        _log.warning("setting_doubtful", message=warning)
    for stray in loaded.unread:
        _log.warning("setting_unread", message=str(stray), name=stray.name)
