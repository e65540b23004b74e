"""Counts the connections of open pages: whether they are new or have come back, and why they end."""

from weakref import WeakSet

from nicegui import Client

from mycount.web.metrics import DISCONNECTIONS, Metrics


class Connections:
    """Knows which sockets are at work for a page, so that each is counted once when it comes and once when it goes."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._open: set[str] = set()
        self._seen: WeakSet[Client] = WeakSet()

    def begun(self, sid: str, client: Client | None) -> None:
        """Count a socket that has made the handshake of a page; it may have gone again meanwhile."""
        if client is None or sid in self._open or sid not in client._socket_to_document_id:
            return
        self._open.add(sid)
        self._metrics.connections.labels("again" if client in self._seen else "new").inc()
        self._seen.add(client)

    def ended(self, sid: str, reason: str) -> None:
        """Count the end of a socket, with what Socket.IO says about it."""
        if sid in self._open:
            self._open.discard(sid)
            known = reason.replace(" ", "_")
            self._metrics.disconnections.labels(known if known in DISCONNECTIONS else "other").inc()
