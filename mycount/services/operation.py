"""Names and times every service function, for whoever counts (the metrics) without the services knowing them.

And sees, before it begins, that what it is given is of the kinds that it asks for.
"""

import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from mycount.domain.errors import Conflict, Invalid, NotFound, Unavailable
from mycount.services.kinds import Kinds

OUTCOMES = ("ok", "not_found", "invalid", "conflict", "unavailable", "error")

observers: list[Callable[[str, str, float], None]] = []
"""Each is called with the name ("expenses.add"), one of OUTCOMES, and seconds, when a function has ended."""

names: list[str] = []
"""Every operation there is, in the order of definition; complete once the service modules are imported."""

P = ParamSpec("P")
R = TypeVar("R")


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Make a service function an operation: listed in `names`, and told to `observers` at each call.

    Refuses (Invalid, or NotFound for ids) what is of another kind than the signature says.
    """
    name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
    names.append(name)
    kinds = Kinds(function)

    @functools.wraps(function)
    def observed(*args: P.args, **kwargs: P.kwargs) -> R:
        begun = time.perf_counter()
        outcome = "ok"
        try:
            kinds.check(args, kwargs)
            return function(*args, **kwargs)
        except BaseException as error:
            outcome = _outcome(error)
            raise
        finally:
            for observer in observers:
                observer(name, outcome, time.perf_counter() - begun)

    observed.operation_name = name  # type: ignore[attr-defined]
    return observed


def _outcome(error: BaseException) -> str:
    kinds = (
        (NotFound, "not_found"),
        (Invalid, "invalid"),
        (Conflict, "conflict"),
        (Unavailable, "unavailable"),
    )
    return next((name for kind, name in kinds if isinstance(error, kind)), "error")
