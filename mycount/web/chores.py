"""What the server does by itself, every minute or hour, and where it is written down that it did."""

from collections.abc import Callable

from mycount.services import books, groups, sessions
from mycount.web.jobs import Job
from mycount.web.metrics import Metrics
from mycount.web.when_known import WhenKnown

_MINUTE = 60.0
_HOUR = 3600.0


def chores(metrics: Metrics) -> tuple[Job, ...]:
    """Give the background jobs of a server; each tells the metrics when it has succeeded, or failed."""

    def job(name: str, seconds: float, run: Callable[[], object]) -> Job:
        metrics.jobs.expect(name)
        return Job(name, seconds, run, lambda succeeded: metrics.jobs.ended(name, succeeded=succeeded))

    return (
        job("ledger imbalance", _MINUTE, lambda: _measure(metrics.imbalance, books.imbalance)),
        job("totals", _MINUTE, lambda: metrics.total(books.totals())),
        job("audit of the books", _HOUR, lambda: _measure(metrics.faults, lambda: len(books.audit()))),
        job("purge of deleted groups", _HOUR, groups.purge),
        job("clearing of ended sessions", _HOUR, sessions.clear_ended),
    )


def _measure(gauge: WhenKnown, ask: Callable[[], int]) -> None:
    """Set a gauge to what is found; where it cannot be found out, nothing is known any more."""
    try:
        found = ask()
    except Exception:
        gauge.set(None)
        raise
    gauge.set(found)
