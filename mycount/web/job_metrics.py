"""What is known of the background jobs: whether they fail, and when they last succeeded."""

from prometheus_client import CollectorRegistry, Gauge


class JobMetrics:
    """Two gauges for each job."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("job_name",)
        self._failing = Gauge(
            "mycount_job_failing",
            "Whether a background job has failed the last time.",
            labels,
            registry=registry,
        )
        self._succeeded = Gauge(
            "mycount_job_last_success_timestamp_seconds",
            "When a background job last succeeded, or was another server's, or when the server began, "
            "in seconds since 1970.",
            labels,
            registry=registry,
        )

    def expect(self, name: str) -> None:
        """Make the gauges of a job; its time begins now."""
        self._failing.labels(name)
        self._succeeded.labels(name).set_to_current_time()

    def ended(self, name: str, *, succeeded: bool) -> None:
        """Take over how a job has ended."""
        self._failing.labels(name).set(not succeeded)
        if succeeded:
            self._succeeded.labels(name).set_to_current_time()
