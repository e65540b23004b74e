"""Choosing one of many (a list) or one of few (segments, tabs)."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from nicegui.elements.mixins.disableable_element import DisableableElement
from nicegui.elements.mixins.value_element import ValueElement
from nicegui.events import GenericEventArguments, Handler, ValueChangeEventArguments

from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, said, tag
from pages.elements.told import Listening, MalformedError
from pages.theme import static_url

K = TypeVar("K", bound=str | int)


class _Chosen(Listening, ValueElement[K], DisableableElement, Generic[K]):
    """One of some options, each a value and its text; the browser shows a choice before the server knows."""

    VALUE_PROP = "value"
    LOOPBACK = False

    def __init__(
        self, options: Mapping[K, str], value: K, on_change: Handler[ValueChangeEventArguments[K]] | None
    ) -> None:
        self._options = dict(options)
        super().__init__(value=value, on_value_change=on_change)
        self.readers = {"update:value": _option}
        self.set_options(options)

    def set_options(self, options: Mapping[K, str]) -> None:
        """Offers other options; the value stays."""
        self._options = dict(options)
        self.props["options"] = tuple({"value": value, "label": label} for value, label in options.items())

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [*super()._displayed_contents(only_visible=only_visible), *self._options.values()]

    def _event_args_to_value(self, e: GenericEventArguments) -> K:
        return next((option for option in self._options if option == e.args), self.value)

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        if self._send_update_on_value_change:
            self.run_method("updateValue")

    def _handle_event(self, msg: dict[str, Any]) -> None:
        super()._handle_event(msg)
        if msg["args"] != self.value:  # the program decided otherwise: the browser shows that
            self.update()
            self.run_method("updateValue")


def _option(said: object) -> str | int:
    if isinstance(said, str | int) and not isinstance(said, bool):
        return said
    raise MalformedError


class Choice(_Chosen[K], component=COMPONENTS / "choice.js"):
    """One of many, in the look of a field."""

    @property
    def error(self) -> str | None:
        """The sentence shown below the field."""
        said: str | None = self.props.get("error")
        return said

    @error.setter
    def error(self, sentence: str | None) -> None:
        self.props["error"] = sentence


class Segments(_Chosen[K], component=COMPONENTS / "segments.js"):
    """One of few, side by side. The server has the last word: what it sets just then must not hide a choice."""

    LOOPBACK = True

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the options as they are drawn."""
        tabs = bool(self.props.get("tabs"))
        role, chosen = ("tab", "aria-selected") if tabs else ("radio", "aria-checked")
        parts = (
            tag(
                "button",
                {
                    "type": "button",
                    "class": "mc-on" if value == self.value else None,
                    "role": role,
                    chosen: "true" if value == self.value else "false",
                },
                said(label),
            )
            for value, label in self._options.items()
        )
        look = mark("mc-tabs" if tabs else "mc-seg")
        about = {"role": "tablist" if tabs else "radiogroup", "aria-label": self.props.get("label")}
        return tag("div", {**look, **about}, *parts)


def choice(
    label: str,
    options: Mapping[K, str],
    value: K,
    on_change: Handler[ValueChangeEventArguments[K]] | None = None,
    *,
    hint: str = "",
    quiet_label: bool = False,
) -> Choice[K]:
    """A list to choose from, in the browser's own way; `options` maps values to what is shown."""
    element = Choice(options, value, on_change)
    element.props["label"] = label
    element.props["sprite"] = static_url("icons.svg")
    if hint:
        element.props["hint"] = hint
    if quiet_label:
        element.props["quiet-label"] = True
        element.classes("mc-field--bare")
    return element


def segments(
    options: Mapping[K, str],
    value: K,
    on_change: Handler[ValueChangeEventArguments[K]] | None = None,
    *,
    label: str,
) -> Segments[K]:
    """A bar of a few ways to do something; `label` names it for screen readers."""
    element = Segments(options, value, on_change)
    element.props["label"] = label
    return element


def tabs(
    options: Mapping[K, str],
    value: K,
    on_change: Handler[ValueChangeEventArguments[K]] | None = None,
    *,
    label: str,
) -> Segments[K]:
    """Tabs of one page; where each has an address, use links in a `nav.mc-tabs` instead."""
    element = segments(options, value, on_change, label=label)
    element.props["tabs"] = True
    return element
