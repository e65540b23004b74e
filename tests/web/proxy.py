"""Stands between a server and its database, and can be told to refuse or to fall silent."""

import contextlib
import socket
import threading
from pathlib import Path
from types import TracebackType

from sqlalchemy import make_url


class Proxy:
    """Forwards a TCP port to the database at a URL; `refuse` and `hang` break it, `mend` makes it whole."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._open: list[socket.socket] = []
        self._silent = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self._accepting()

    @property
    def url(self) -> str:
        """The database's URL by way of this proxy."""
        via = self._target.set(host="127.0.0.1", port=self._port, query={})
        return via.render_as_string(hide_password=False)

    def refuse(self) -> None:
        """Cut all connections and take no new ones."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut()

    def hang(self) -> None:
        """Keep all connections, take new ones, and pass nothing on."""
        self._silent = True

    def mend(self) -> None:
        """Work again; what was cut stays cut."""
        self._cut()
        if self._silent:
            self._silent = False
        else:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._accepting()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.refuse()

    def _accepting(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = listener.accept()[0]
                far = self._reach()
                self._open += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _reach(self) -> socket.socket:
        folder = self._target.query.get("host") or self._target.host or "127.0.0.1"
        port = self._target.port or 5432
        if str(folder).startswith("/"):
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(Path(str(folder)) / f".s.PGSQL.{port}"))
            return far
        return socket.create_connection((str(folder), port))

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._before_passing_on()
                if not self._silent:
                    target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _before_passing_on(self) -> None:
        """For those who want to be slow."""

    def _cut(self) -> None:
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()
