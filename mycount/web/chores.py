"""What the server does by itself, every minute or hour, and where it is written down that it did."""

from collections.abc import Callable
from dataclasses import replace

from mycount.services import books, groups, sessions
from mycount.web.jobs import Job
from mycount.web.metrics import Metrics
from mycount.web.when_known import WhenKnown

_MINUTE = 60.0
_HOUR = 3600.0


def chores(metrics: Metrics, has_duty: Callable[[], bool] = lambda: True) -> tuple[Job, ...]:
    """Give the background jobs of a server; each tells the metrics when it has succeeded, or failed.

    Those that are done once, however many servers there are, wait for the duty: who has not is told that all is well.
    """

    def job(name: str, seconds: float, run: Callable[[], object]) -> Job:
        metrics.jobs.expect(name)
        return Job(name, seconds, run, lambda succeeded: metrics.jobs.ended(name, succeeded=succeeded))

    def once(name: str, run: Callable[[], object], left: Callable[[], object] = lambda: None) -> Job:
        def leave() -> None:
            metrics.jobs.ended(name, succeeded=True)
            left()

        return replace(job(name, _HOUR, run), is_ours=has_duty, left=leave)

    return (
        job("ledger imbalance", _MINUTE, lambda: _measure(metrics.imbalance, books.imbalance)),
        job("totals", _MINUTE, lambda: metrics.total(books.totals())),
        once(
            "audit of the books",
            lambda: _measure(metrics.faults, lambda: len(books.audit())),
            lambda: metrics.faults.set(None),  # what was found here would stand beside what another finds
        ),
        once("purge of deleted groups", groups.purge),
        once("clearing of ended sessions", sessions.clear_ended),
    )


def _measure(gauge: WhenKnown, ask: Callable[[], int]) -> None:
    """Set a gauge to what is found; where it cannot be found out, nothing is known any more."""
    try:
        found = ask()
    except Exception:
        gauge.set(None)
        raise
    gauge.set(found)
