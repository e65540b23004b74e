"""Smaller and quicker pages: what NiceGUI keeps of the look of each element, without what is never used here.

Measured with NiceGUI 3.18: properties, classes and style of an element each hold four collections and a reference to
themselves, so that only the garbage collector frees them: 170 KB of a page of a group, and 880 of the objects that the
collector goes through while the event loop waits. These here hold what they must, and are freed with their element.
And while a page is built, each of its hundred elements is noted five times as one to be sent, and each of their texts
and visibilities as one that could be bound: a seventh of the calls for a page, for nothing.
"""

import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from nicegui import element as elements
from nicegui.binding import BindableProperty
from nicegui.classes import Classes
from nicegui.observables import ObservableCollection
from nicegui.outbox import Outbox
from nicegui.props import Props
from nicegui.style import Style


def make_elements_lean() -> None:
    """Let every element that is built from now on have a lean look. Doing so again changes nothing."""
    looks: Any = elements
    looks.Props, looks.Classes, looks.Style = LeanProps, LeanClasses, LeanStyle
    calls: Any = Outbox, BindableProperty
    calls[0].enqueue_update, calls[1].__set__ = _enqueue_update, _set


class _Lean(ObservableCollection):
    """What is the same for all is kept once, in the class, until one of them differs."""

    __slots__ = ()
    last_modified = 0.0
    _suspend_count = 0
    _parent_ref = None
    _change_handlers: list[Any] = []  # noqa: RUF012 -- replaced, never changed
    _observer_refs: list[Any] = []  # noqa: RUF012

    @property
    def _change_handlers_with_args(self) -> list[tuple[Any, bool]]:
        """Tell what stands inside of it, and is watched, whom to call."""
        return [(self._update, False), *super()._change_handlers_with_args]  # type: ignore[attr-defined]

    def _handle_change(self) -> None:
        if self._change_handlers or self._observer_refs:
            super()._handle_change()
        else:
            self._update()  # type: ignore[attr-defined]

    def on_change(self, handler: Any) -> None:
        """Call a handler at every change."""
        self._change_handlers = [*self._change_handlers]
        super().on_change(handler)


class LeanProps(_Lean, Props[Any]):
    """The properties of an element."""

    __slots__ = ("_element", "_renames", "_warnings")

    def __init__(self, data: dict[str, Any], *, element: elements.Element) -> None:
        dict.__init__(self, data)
        for name, value in data.items():
            if isinstance(value, dict | list | set):
                dict.__setitem__(self, name, self._observe(value))
        self._element = weakref.ref(element)
        self._renames = self._warnings = _NONE

    def add_warning(self, prop: str, message: str) -> None:
        """Warn of a property."""
        self._warnings = {**self._warnings, prop: message}
        self._check_warning(prop, message)

    def add_rename(self, prop: str, replacement: str) -> None:
        """Give a property another name."""
        self._renames = _with(tuple(self._renames.items()), prop, replacement)
        self._check_rename(prop, replacement)


class LeanClasses(_Lean, Classes[Any]):
    """The classes of an element."""

    __slots__ = ("_element",)

    def __init__(self, data: list[str], *, element: elements.Element) -> None:
        list.__init__(self, data)
        self._element = weakref.ref(element)


class LeanStyle(_Lean, Style[Any]):
    """The style of an element."""

    __slots__ = ("_element",)

    def __init__(self, data: dict[str, str], *, element: elements.Element) -> None:
        dict.__init__(self, data)
        self._element = weakref.ref(element)


def _enqueue_update(
    outbox: Outbox, element: elements.Element, enqueue: Callable[..., None] = Outbox.enqueue_update
) -> None:
    """Note that an element is to be sent; not before its page is, which will hold it as it is then."""
    if getattr(
        outbox.client, "_response_built", False
    ):  # a page makes its outermost elements before it says so
        enqueue(outbox, element)


def _set(prop: BindableProperty, owner: object, value: object) -> None:
    """Set a property that could be bound, as nothing is in our pages."""
    name = f"___{prop.name}"
    before = getattr(owner, name, _UNSET)
    if before is _UNSET or before != value:
        setattr(owner, name, value)
        if before is not _UNSET and prop._change_handler is not None:
            prop._change_handler(owner, value)


_UNSET: Final = object()
_NONE: dict[str, str] = {}


@lru_cache
def _with(known: tuple[tuple[str, str], ...], name: str, value: str) -> dict[str, str]:
    """Give the same dictionary to all that know the same names: nobody changes it."""
    return {**dict(known), name: value}
