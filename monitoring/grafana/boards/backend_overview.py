"""The dashboard "Backend overview": the server as HTTP sees it, and what it takes from the machine."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from monitoring.grafana.boards import parts
from monitoring.grafana.boards.parts import Panel, figure, graph
from monitoring.grafana.boards.queries import FIRING, active, of, quantile, rate, share, top, total

_REQUESTS = rate("http_requests_total")
_ERRORS = rate("http_request_errors_total")
_SECONDS = "http_request_duration_seconds"
_ANSWERED = 'path!="/_nicegui_ws"'  # what is asked there is refused at once
_SLOW = ((1, "red"),)  # seconds, as the alert has it


def board() -> Dashboard:
    """Put the dashboard together."""
    return parts.board(
        "Backend overview",
        "backend-overview",
        "Requests over HTTP, errors, latency and resources. Work on open pages makes no requests: see MyCount.",
        ("", _now()),
        ("Requests", _requests()),
        ("Process", _process()),
    )


def _now() -> list[Panel]:
    started = of("process_start_time_seconds")
    return [
        figure(
            "Up",
            "Whether Prometheus gets an answer from MyCount; from each instance, if there are several.",
            f"min({of('up')})",
            words={"0": ("Down", "red"), "1": ("Up", "green")},
        ),
        figure(
            "Version",
            "The version that runs, and what it was built from.",
            of("mycount_build_info"),
            named="{{version}} ({{revision}})",
        ),
        figure(
            "Running for",
            "Time since the last start. Short after every upgrade; short again and again is a restart loop.",
            f"time() - max({started})",
            unit="s",
        ),
        figure(
            "Alerts firing",
            "How many alerts are firing now; the dashboard MyCount says which.",
            f"count({FIRING}) or vector(0)",
            steps=((1, "red"),),
        ),
        figure(
            "Requests now",
            "Requests answered per second. Few while people work: an open page makes none.",
            total(_REQUESTS),
            unit="reqps",
        ),
        figure(
            "Failing now",
            "The share of requests answered with a status of 500 or above. An alert fires above 5 %.",
            share(total(_ERRORS), total(_REQUESTS)),
            unit="percentunit",
            empty="No requests",
            steps=((0.01, "orange"), (0.05, "red")),
        ),
    ]


def _requests() -> list[Panel]:
    return [
        graph(
            "Request rate",
            "Requests answered per second, assets included; probes and scrapes are not counted.",
            (total(_REQUESTS, by="instance"), "{{instance}}"),
            unit="reqps",
        ),
        graph(
            "Error rate",
            "Requests answered with a status of 500 or above: all, and the paths that have any.",
            (total(_ERRORS), "all"),
            (active(total(_ERRORS, by="path")), "{{path}}"),
            unit="reqps",
        ),
        graph(
            "p95 latency",
            "Time until a request was answered: half of them take less than p50, one in twenty more than p95.",
            (quantile(0.95, _SECONDS, _ANSWERED), "p95"),
            (quantile(0.5, _SECONDS, _ANSWERED), "p50"),
            unit="s",
            empty="No requests in this time",
            steps=_SLOW,
        ),
        graph(
            "Request rate by path",
            'Requests per second by template of the path. "unmatched" is everything that does not exist.',
            (active(total(_REQUESTS, by="path")), "{{path}}"),
            unit="reqps",
            empty="No requests in this time",
        ),
        graph(
            "p95 latency by path",
            "The five paths that take longest at each moment.",
            (top(5, quantile(0.95, _SECONDS, _ANSWERED, by="path")), "{{path}}"),
            unit="s",
            empty="No requests in this time",
            steps=_SLOW,
        ),
        graph(
            "Responses by status",
            "By the status of the answer: 303 leads to sign-in, 404 is unknown, 503 is a database that is away.",
            (active(total(_REQUESTS, by="status")), "{{status}}"),
            unit="reqps",
            empty="No requests in this time",
            stacked=True,
        ),
        graph(
            "Refused",
            "What was turned away before it reached a page, by reason: foreign origins, floods, wrong tokens. "
            "A few are scanners; many are an attack, or a proxy that is set up wrongly.",
            (total(rate("mycount_refusals_total"), by="reason"), "{{reason}}"),
            unit="ops",
            width=24,
        ),
    ]


def _process() -> list[Panel]:
    return [
        graph(
            "Memory",
            "Memory in use, and the limit of the container, if it has one. It grows with open pages.",
            (of("process_resident_memory_bytes"), "in use {{instance}}"),
            (of("mycount_memory_limit_bytes"), "limit {{instance}}"),
            unit="bytes",
            width=8,
        ),
        graph(
            "CPU",
            "Time on a processor, as a share of one core. One process cannot use more than about one.",
            (rate("process_cpu_seconds_total"), "{{instance}}"),
            unit="percentunit",
            width=8,
        ),
        graph(
            "Open files",
            "Files and sockets that are open, and how many may be. Each connected page holds one.",
            (of("process_open_fds"), "open {{instance}}"),
            (of("process_max_fds"), "limit {{instance}}"),
            unit="short",
            width=8,
        ),
    ]
