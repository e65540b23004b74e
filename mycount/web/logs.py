"""Logs: every line is an event with a name and values, as JSON or for a reader, and holds nothing secret.

What libraries write through the standard library's logging takes the same way. Values under telling names are
never printed; passwords inside URLs, e-mail addresses and page keys are masked wherever they stand, tracebacks
included; control characters are written as escapes, so that nobody can forge a line.
"""

import logging
import re
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REDACTED = "[redacted]"

_TELLING = re.compile(r"passw|token|e?mail|cookie|authoriz|secret|ticket|credential", re.IGNORECASE)
_MASKS = (
    (re.compile(r"(://[^/\s:@]*:)[^\s]*(@)"), rf"\1{REDACTED}\2"),
    (re.compile(r"((?:client_id|password|token|ticket)=)[^\s&\"']+", re.IGNORECASE), rf"\1{REDACTED}"),
    (re.compile(r"(/join/)[\w-]{8,}"), rf"\1{REDACTED}"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), REDACTED),
)
_LINE_BREAKS = "\x85\u2028\u2029"
_ESCAPES = {code: repr(chr(code))[1:-1] for code in (*range(32), *range(127, 160), *map(ord, _LINE_BREAKS))}
_QUIET = {
    "uvicorn.error": logging.WARNING,  # at INFO it names the key of every page that connects
    "uvicorn.access": logging.CRITICAL,
    "engineio": logging.CRITICAL,  # malformed frames are counted, not described
    "engineio.server": logging.CRITICAL,
    "socketio": logging.CRITICAL,
    "socketio.server": logging.CRITICAL,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpx": logging.WARNING,
    "watchfiles": logging.WARNING,
}


def configure(level: str = "info", style: Literal["auto", "json", "readable"] = "auto") -> None:
    """Send everything that is logged in this process to standard error, in one form. May be called again.

    `auto` is readable on a terminal and JSON elsewhere.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_steps(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(style))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _quieten()


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide values under telling names, and mask what is secret inside other texts."""
    return {key: REDACTED if _TELLING.search(key) else _masked(value) for key, value in event.items()}


def _steps() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(style: str) -> logging.Formatter:
    as_json = style == "json" or (style == "auto" and not sys.stderr.isatty())
    readable = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_steps(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            _one_line,
            structlog.processors.JSONRenderer() if as_json else readable,
        ],
    )


def _quieten() -> None:
    for name, level in _QUIET.items():
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(level)
    error = logging.getLogger("uvicorn.error")
    error.filters[:] = [_told_already]


def _told_already(record: logging.LogRecord) -> bool:
    """Keep out uvicorn's second report of an exception that `errors.Unexpected` has logged."""
    return not record.getMessage().startswith("Exception in ASGI application")


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        for pattern, mask in _MASKS:
            value = pattern.sub(mask, value)
        return value
    if isinstance(value, dict):
        return {key: REDACTED if _TELLING.search(str(key)) else _masked(of) for key, of in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(item) for item in value]
    return value if isinstance(value, int | float | bool | None) else _masked(str(value))


def _one_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    first = {key: event.pop(key) for key in ("timestamp", "level", "event") if key in event}
    ordered = {**first, **event}
    return {
        key: _traceback(value) if key == "exception" else _escaped(value) for key, value in ordered.items()
    }


def _escaped(value: Any) -> Any:
    return value.translate(_ESCAPES) if isinstance(value, str) else value


def _traceback(text: Any) -> str:
    return "\n".join(f"  | {_escaped(line)}" for line in str(text).split("\n"))
