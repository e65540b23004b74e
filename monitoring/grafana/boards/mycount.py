"""The dashboard "MyCount": what people do, how soon they see it, and whether the books are right."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from monitoring.grafana.boards import parts
from monitoring.grafana.boards.parts import Panel, figure, graph, table
from monitoring.grafana.boards.queries import FIRING, active, of, per_minute, quantile, rate, top, total

_OPERATIONS = "mycount_operations_total"
_BY_PEOPLE = 'operation!~"books[.].+|groups.purge|sessions.clear_ended"'  # the others run by themselves
_ADDED = of(_OPERATIONS, 'operation="expenses.add"', 'outcome="ok"')
_SIGN_INS = rate(_OPERATIONS, 'operation="users.sign_in"')
_THIRD = 8
_NOT_KNOWN = "Not known: look at the background jobs"


def board() -> Dashboard:
    """Put the dashboard together."""
    return parts.board(
        "MyCount",
        "mycount",
        "What people do and see. Work on open pages shows here, not among the HTTP requests.",
        ("", _now()),
        ("What people do", _done()),
        ("Open pages", _pages()),
        ("Database", _database()),
        ("Books", _books()),
    )


def _now() -> list[Panel]:
    return [
        figure(
            "Pages connected",
            "Pages that are open and connected at this moment: about as many as people looking.",
            total(of("mycount_connected_clients")),
        ),
        figure("People", "Accounts and guests.", f"max({of('mycount_users')})"),
        figure("Groups", "Groups, archived ones too.", f"max({of('mycount_groups')})"),
        figure("Expenses", "Expenses, incomes and payments.", f"max({of('mycount_expenses')})"),
        figure(
            "Ledger",
            "By how much balances do not sum to zero, in the smallest units. All but 0 is a fault: run mycount check.",
            f"max(abs({of('mycount_ledger_imbalance')}))",
            empty=_NOT_KNOWN,
            words={"0": ("Even", "green")},
            steps=((1, "red"),),
        ),
        figure(
            "Last backup",
            "Time since the last backup was made. An alert fires after a day.",
            f"time() - max({of('mycount_backup_timestamp_seconds')})",
            unit="s",
            empty="None yet",
            steps=((86_400, "red"),),
        ),
        table(
            "Alerts firing now",
            "What somebody should look at. README says of each what to do, and Prometheus' page /alerts at length. "
            "Nobody is sent anything unless Prometheus knows an Alertmanager.",
            FIRING,
            columns={"alertname": "Alert", "severity": "Severity", "instance": "Where"},
            empty="No alert is firing",
        ),
    ]


def _done() -> list[Panel]:
    return [
        graph(
            "Operations per second",
            "What people do, by name: expenses.add is an expense added, groups.see a group drawn.",
            (active(total(rate(_OPERATIONS, _BY_PEOPLE), by="operation")), "{{operation}}"),
            unit="ops",
            empty="Nobody did anything in this time",
            stacked=True,
        ),
        graph(
            "Failed operations",
            "By reason. invalid: mistyped; conflict: somebody was faster; not_found: not theirs or gone; "
            "unavailable: the database; error: a fault, described in the log.",
            (total(rate(_OPERATIONS, _BY_PEOPLE, 'outcome!="ok"'), by="outcome"), "{{outcome}}"),
            unit="ops",
        ),
        graph(
            "Expenses per hour",
            "Expenses, incomes and payments that were added within the last hour, at each moment.",
            (total(f"increase({_ADDED}[1h])"), "added"),
            unit="short",
            width=_THIRD,
        ),
        graph(
            "Sign-ins",
            "By outcome, per minute. Many that are invalid are somebody who guesses passwords.",
            (per_minute(total(_SIGN_INS, by="outcome")), "{{outcome}}"),
            unit="opm",
            width=_THIRD,
        ),
        graph(
            "Slowest operations",
            "The p95 of the five operations that take longest at each moment.",
            (top(5, quantile(0.95, "mycount_operation_duration_seconds", by="operation")), "{{operation}}"),
            unit="s",
            empty="Nobody did anything in this time",
            steps=((1, "red"),),
            width=_THIRD,
        ),
    ]


def _pages() -> list[Panel]:
    return [
        graph(
            "People connected",
            "Pages that are connected, and pages held in memory, which outlive a lost connection for a minute.",
            (total(of("mycount_connected_clients")), "connected"),
            (total(of("mycount_pages")), "in memory"),
            unit="short",
            width=_THIRD,
        ),
        graph(
            "Connects and disconnects",
            'Per minute. "again" is a page that had lost its connection; ping_timeout is a network that fell silent.',
            (per_minute(total(rate("mycount_page_connections_total"), by="kind")), "connect: {{kind}}"),
            (
                per_minute(total(rate("mycount_page_disconnections_total"), by="reason")),
                "disconnect: {{reason}}",
            ),
            unit="opm",
            width=_THIRD,
        ),
        graph(
            "Live-update delay",
            "Time from a change until a screen that shows it was drawn again.",
            (quantile(0.95, "mycount_live_update_seconds"), "p95"),
            (quantile(0.5, "mycount_live_update_seconds"), "p50"),
            unit="s",
            empty="Nobody watched a change in this time",
            width=_THIRD,
        ),
        graph(
            "Event-loop lag",
            "How late the process comes to what is due: the number that says when one process is full.",
            (quantile(0.99, "mycount_event_loop_lag_seconds"), "p99"),
            (quantile(0.5, "mycount_event_loop_lag_seconds"), "p50"),
            unit="s",
            steps=((0.25, "red"),),
            width=2 * _THIRD,
        ),
        graph(
            "Other servers",
            "How many others serve the same database, as each of them knows; whether they hear of one another (1), "
            "and how often, per minute, one lost the connection for it. Absent with SQLite.",
            (of("mycount_other_servers"), "others: {{instance}}"),
            (of("mycount_listening"), "hears: {{instance}}"),
            (per_minute(total(rate("mycount_listening_lost_total"))), "lost per minute"),
            unit="short",
            empty="None with SQLite",
            width=_THIRD,
        ),
    ]


def _database() -> list[Panel]:
    return [
        figure(
            "Database",
            "Whether the database answered the last time it was asked, every 15 seconds.",
            f"min({of('mycount_database_up')})",
            words={"0": ("Down", "red"), "1": ("Up", "green")},
        ).height(8),
        graph(
            "Connection pool",
            "Connections in use and how many there may be; whoever waits does so because all are in use.",
            (total(of("mycount_database_pool_size")), "size"),
            (total(of("mycount_database_pool_in_use")), "in use"),
            (total(of("mycount_database_pool_waiting")), "waiting"),
            unit="short",
            width=10,
        ),
        graph(
            "Query time",
            "Time that the database took for a statement.",
            (quantile(0.95, "mycount_database_query_seconds"), "p95"),
            (quantile(0.5, "mycount_database_query_seconds"), "p50"),
            unit="s",
            empty="No statements in this time",
            width=10,
        ),
        graph(
            "Statements",
            "Statements per second that the database was given.",
            (total(rate("mycount_database_query_seconds_count")), "statements"),
            unit="ops",
        ),
        graph(
            "Attempts at start",
            "How often each process tried to reach the database at its start; more than once, if it had to wait.",
            (total(of("mycount_database_connection_attempts_total"), by="outcome"), "{{outcome}}"),
            unit="short",
        ),
    ]


def _books() -> list[Panel]:
    return [
        graph(
            "Ledger and audit",
            "By how much balances do not sum to zero, in the smallest units, and how many faults the hourly audit has "
            "found; flat lines at 0. A gap is a check that fails.",
            (of("mycount_ledger_imbalance"), "off by: {{instance}}"),
            (of("mycount_ledger_faults"), "faults: {{instance}}"),
            unit="short",
            empty=_NOT_KNOWN,
            width=_THIRD,
        ),
        graph(
            "Totals",
            "How much there is, asked once a minute.",
            (f"max({of('mycount_users')})", "people"),
            (f"max({of('mycount_groups')})", "groups"),
            (f"max({of('mycount_expenses')})", "expenses"),
            unit="short",
            width=_THIRD,
        ),
        graph(
            "Background jobs",
            "Time since each job last succeeded: up to a minute, or up to an hour for those that are done hourly.",
            (
                f"time() - max by (job_name) ({of('mycount_job_last_success_timestamp_seconds')})",
                "{{job_name}}",
            ),
            unit="s",
            width=_THIRD,
        ),
    ]
