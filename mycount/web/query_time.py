"""Measures how long the database takes for each statement, for whoever counts; also for one that fails."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext, ExecutionContext

_BEGUN = "mycount_begun"


def observe_queries(engine: Engine, observe: Callable[[float], None]) -> None:
    """Tell `observe` the seconds of every statement that this engine runs from now on."""

    def begin(
        _connection: Any,
        _cursor: Any,
        _statement: str,
        _parameters: Any,
        context: ExecutionContext | None,
        _many: bool,
    ) -> None:
        setattr(context, _BEGUN, time.perf_counter())

    def end(
        _connection: Any,
        _cursor: Any,
        _statement: str,
        _parameters: Any,
        context: ExecutionContext | None,
        _many: bool,
    ) -> None:
        observe(time.perf_counter() - getattr(context, _BEGUN))

    def fail(error: ExceptionContext) -> None:
        begun = getattr(error.execution_context, _BEGUN, None)
        if begun is not None:
            observe(time.perf_counter() - begun)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    event.listen(engine, "handle_error", fail)
