"""Callbacks upwards: whoever holds one does not keep alive whom it calls.

A page is built from the top: each part holds those that it consists of. If those held the part above them as well, a
page that is closed would stay in memory until the garbage collector finds it, which holds up everybody else.
"""

from collections.abc import Callable
from typing import ParamSpec
from weakref import WeakMethod

P = ParamSpec("P")


def weakly(method: Callable[P, object]) -> Callable[P, None]:
    """Call a method for as long as its object is there; then do nothing."""
    known = WeakMethod(method)

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        if (found := known()) is not None:
            found(*args, **kwargs)

    return call
