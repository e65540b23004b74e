"""What is counted and measured, in Prometheus' format. No label ever holds a user, a group or a token.

Every set of labels that is known beforehand exists from the start, so that rates begin at 0 and a panel of
errors is empty rather than without data.
"""

from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from mycount.services import operation
from mycount.services.views import Totals
from mycount.web.job_metrics import JobMetrics
from mycount.web.memory import MemoryLimit
from mycount.web.neighbour_metrics import NeighbourMetrics
from mycount.web.when_known import WhenKnown

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LAG_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_QUERY_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LIVE_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

ATTEMPTS = ("ok", "failed")
CONNECTIONS = ("new", "again")
DISCONNECTIONS = (
    "transport_close",
    "transport_error",
    "ping_timeout",
    "client_disconnect",
    "server_disconnect",
    "other",
)
REFUSALS = (
    "origin",
    "unknown_page",
    "session_mismatch",
    "session_ended",
    "unbound_event",
    "malformed",
    "flood",
    "polling",
    "client_log",
    "client_route",
    "metrics_token",
    "export",
    "too_fast",
    "sockets_too_fast",
    "slow",
    "too_long",
    "crowd",
)

disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The counters of one server, in a registry of their own."""

    def __init__(self, version: str, revision: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.registry.register(MemoryLimit())
        self._http()
        self._services()
        self._pages()
        self._gauges()
        self._totals()
        self._books()
        self.jobs = JobMetrics(self.registry)
        self.neighbours = NeighbourMetrics(self.registry)
        self.build_info.labels(version, revision).set(1)

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one answered request; a status of 500 and above is an error too."""
        self.requests.labels(method, path, str(status)).inc()
        self.request_seconds.labels(method, path, str(status)).observe(seconds)
        errors = self.request_errors.labels(method, path)
        if status >= 500:
            errors.inc()

    def operation(self, name: str, outcome: str, seconds: float) -> None:
        """Count one call of a service function; an observer for `mycount.services.operation`."""
        self.operations.labels(name, outcome).inc()
        self.operation_seconds.labels(name).observe(seconds)

    def total(self, totals: Totals) -> None:
        """Take over how much there is, and when it was last backed up."""
        self.groups.set(totals.groups)
        self.users.set(totals.users)
        self.expenses.set(totals.expenses)
        self.backup.set(totals.backed_up_at.timestamp() if totals.backed_up_at else None)

    def refused(self, reason: str) -> None:
        """Count something that the server turned away before it reached a page or a service."""
        self.refusals.labels(reason).inc()

    def expect(self, paths: Iterable[str]) -> None:
        """Make the counters that are known to come: for these pages, and for every operation there is now."""
        for path in paths:
            self.requests.labels("GET", path, "200")
            self.request_seconds.labels("GET", path, "200")
            self.request_errors.labels("GET", path)
        for name in operation.names:
            self.operation_seconds.labels(name)
            for outcome in operation.OUTCOMES:
                self.operations.labels(name, outcome)

    def render(self) -> bytes:
        """Write everything as Prometheus reads it."""
        return generate_latest(self.registry)

    def _http(self) -> None:
        labels = ("method", "path", "status")
        self.requests = Counter(
            "http_requests_total", "Requests that were answered.", labels, registry=self.registry
        )
        self.request_seconds = Histogram(
            "http_request_duration_seconds",
            "Time until a request was answered, in seconds.",
            labels,
            registry=self.registry,
            buckets=_REQUEST_SECONDS,
        )
        self.request_errors = Counter(
            "http_request_errors_total",
            "Requests answered with a status of 500 or above.",
            ("method", "path"),
            registry=self.registry,
        )

    def _services(self) -> None:
        self.operations = Counter(
            "mycount_operations_total",
            "Calls of service functions.",
            ("operation", "outcome"),
            registry=self.registry,
        )
        self.operation_seconds = Histogram(
            "mycount_operation_duration_seconds",
            "Time that service functions took, in seconds.",
            ("operation",),
            registry=self.registry,
            buckets=_REQUEST_SECONDS,
        )
        self.refusals = Counter(
            "mycount_refusals_total",
            "What the server turned away before it reached a page or a service.",
            ("reason",),
            registry=self.registry,
        )
        for reason in REFUSALS:
            self.refusals.labels(reason)
        self.attempts = Counter(
            "mycount_database_connection_attempts_total",
            "Attempts to reach the database at start-up.",
            ("outcome",),
            registry=self.registry,
        )
        for outcome in ATTEMPTS:
            self.attempts.labels(outcome)
        self.query_seconds = Histogram(
            "mycount_database_query_seconds",
            "Time that the database took for a statement, in seconds.",
            registry=self.registry,
            buckets=_QUERY_SECONDS,
        )

    def _pages(self) -> None:
        self.connections = Counter(
            "mycount_page_connections_total",
            "Connections of open pages: of a page that is new, or of one that had lost its connection.",
            ("kind",),
            registry=self.registry,
        )
        for kind in CONNECTIONS:
            self.connections.labels(kind)
        self.disconnections = Counter(
            "mycount_page_disconnections_total",
            "Connections of open pages that ended.",
            ("reason",),
            registry=self.registry,
        )
        for reason in DISCONNECTIONS:
            self.disconnections.labels(reason)
        self.live_update_seconds = Histogram(
            "mycount_live_update_seconds",
            "Time from the announcement of a change until a screen that shows it was drawn again, in seconds.",
            registry=self.registry,
            buckets=_LIVE_SECONDS,
        )

    def _gauges(self) -> None:
        self.clients = self._gauge("mycount_connected_clients", "Pages that are open and connected.")
        self.pages = self._gauge("mycount_pages", "Pages held in memory, connected or not.")
        self.pool_size = self._gauge("mycount_database_pool_size", "Connections that the pool may open.")
        self.pool_in_use = self._gauge("mycount_database_pool_in_use", "Connections in use.")
        self.pool_waiting = self._gauge("mycount_database_pool_waiting", "Callers waiting for a connection.")
        self.database_up = self._gauge("mycount_database_up", "Whether the database answered the last time.")
        self.build_info = Gauge(
            "mycount_build_info", "What runs here.", ("version", "revision"), registry=self.registry
        )
        self.loop_lag = Histogram(
            "mycount_event_loop_lag_seconds",
            "How late the event loop comes to what is due, in seconds.",
            registry=self.registry,
            buckets=_LAG_SECONDS,
        )

    def _totals(self) -> None:
        self.groups = self._gauge("mycount_groups", "Groups that are there, archived ones too.")
        self.users = self._gauge("mycount_users", "People who can come in: accounts and guests.")
        self.expenses = self._gauge("mycount_expenses", "Expenses, incomes and payments that are there.")
        self.backup = self._when_known(
            "mycount_backup_timestamp_seconds",
            "When the last backup was made, in seconds since 1970; absent until there is one.",
        )

    def _books(self) -> None:
        self.imbalance = self._when_known(
            "mycount_ledger_imbalance",
            "What the balances of groups lack to a sum of zero, in minor units; must be 0. Asked every minute.",
        )
        self.faults = self._when_known(
            "mycount_ledger_faults",
            "How many faults the audit of the books has found, as mycount check does; must be 0. Every hour.",
        )

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self.registry)

    def _when_known(self, name: str, meaning: str) -> WhenKnown:
        gauge = WhenKnown(name, meaning)
        self.registry.register(gauge)
        return gauge
