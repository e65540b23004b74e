"""What is known of the other servers on the same PostgreSQL; nothing where there can be none."""

from prometheus_client import CollectorRegistry, Counter

from mycount.web.when_known import WhenKnown


class NeighbourMetrics:
    """Two gauges, absent with SQLite, and a counter."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.listening = WhenKnown(
            "mycount_listening",
            "Whether it would be heard what happens on other servers; absent with SQLite.",
        )
        self.others = WhenKnown(
            "mycount_other_servers", "Other servers on the same database; absent with SQLite."
        )
        registry.register(self.listening)
        registry.register(self.others)
        self.lost = Counter(
            "mycount_listening_lost_total",
            "How often the connection was lost that hears what happens on other servers.",
            registry=registry,
        )
