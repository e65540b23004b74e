"""Fields to type in: the label in the box, what is wrong below it."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal

from nicegui import ui
from nicegui.events import Handler, ValueChangeEventArguments

from pages.elements.components import COMPONENTS
from pages.elements.html import NOTHING, Draw, Html, Mark, said, tag
from pages.elements.told import Listening, words_or_none
from pages.theme import static_url

FieldKind = Literal["text", "email", "password", "search", "decimal", "date", "note", "url"]
Check = Callable[[str], str | None]
OnChange = Handler[ValueChangeEventArguments[str | None]] | None

_TYPES: Final[dict[FieldKind, str]] = {
    "email": "email",
    "password": "password",
    "search": "search",
    "date": "date",
    "url": "url",
}


class Field(Listening, ui.input, component=COMPONENTS / "field.js"):
    """A text field. Set `error` to a sentence to show it below; it goes as soon as the text changes for the better.

    `check` gives the sentence for a text, or None; it is asked by `validate()`, not at the first letter. The slot
    `before` takes an icon or avatar, `after` a button.
    """

    def __init__(
        self, label: str, value: str, kind: FieldKind, check: Check | None, on_change: OnChange
    ) -> None:
        super().__init__(
            label, value=value, password=kind == "password", on_change=on_change, validation=check
        )
        self.readers = {"update:value": words_or_none}
        self.without_auto_validation()
        self.props["kind"] = kind
        self.props["type"] = _TYPES.get(kind, "text")

    def focus(self) -> None:
        """Puts the cursor into the field."""
        self.run_method("focus")

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return (self.value or "").strip()

    @property
    def day(self) -> date | None:
        """The date of a date field, None while there is none."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            return None

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the field of one line as it is drawn; it takes no letters before the live one is there."""
        get = self.props.get
        quiet = "mc-field-label mc-only-read" if get("quiet-label") else "mc-field-label"
        box = {"type": get("type"), "placeholder": get("placeholder"), "value": self.value, "readonly": True}
        main = tag(
            "span",
            {"class": "mc-field-main"},
            tag("label", {"class": quiet}, said(get("label", ""))),
            tag("span", {"class": "mc-field-line"}, tag("input", {**box, "aria-label": get("label")})),
        )
        slots = (draw(self.slots[name]) if name in self.slots else NOTHING for name in ("before", "after"))
        before, after = slots
        look = f"mc-field mc-field--{get('look')}" if get("look") else "mc-field"
        return tag("div", mark(look), tag("div", {"class": "mc-field-box"}, before, main, after))

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        if self.error is not None:
            self.validate(return_result=False)


def field(
    label: str,
    value: str = "",
    kind: FieldKind = "text",
    *,
    placeholder: str = "",
    hint: str = "",
    autocomplete: str = "off",
    max_length: int | None = None,
    autofocus: bool = False,
    quiet_label: bool = False,
    check: Check | None = None,
    on_change: OnChange = None,
) -> Field:
    """A field for a line of text, or for several (`kind="note"`); `quiet_label` is read aloud but not shown."""
    element = Field(label, value, kind, check, on_change)
    element.props["autocomplete"] = autocomplete
    if kind == "decimal":
        element.props["inputmode"] = "decimal"
    for prop, wish in (("placeholder", placeholder), ("hint", hint), ("maxlength", max_length)):
        if wish:
            element.props[prop] = wish
    if autofocus:
        element.props["autofocus"] = True
    if quiet_label:
        element.props["quiet-label"] = True
        element.classes("mc-field--bare")
    return element


def password_field(
    label: str, show_label: str, *, new: bool = False, hint: str = "", check: Check | None = None
) -> Field:
    """A password with an eye (named `show_label`) to look at it; `new` lets password managers propose one."""
    element = field(
        label,
        kind="password",
        hint=hint,
        autocomplete="new-password" if new else "current-password",
        check=check,
    )
    element.props["reveal"] = show_label
    element.props["sprite"] = static_url("icons.svg")
    return element


def date_field(
    label: str,
    value: date | None,
    write: Callable[[date], str],
    *,
    latest: date | None = None,
    on_change: OnChange = None,
) -> Field:
    """A date, shown as `write` puts it ("Today, 14 Mar") and chosen in the browser's own picker; read from `.day`."""
    element = field(label, value.isoformat() if value else "", "date", on_change=on_change)
    if latest:
        element.props["max"] = latest.isoformat()

    def show() -> None:
        element.props["shown"] = write(element.day) if element.day else ""

    show()
    element.on_value_change(show)
    return element


def amount_field(
    label: str,
    value: str = "",
    *,
    sign: str = "",
    sign_after: bool = False,
    placeholder: str = "0",
    hint: str = "",
    autofocus: bool = True,
    on_change: OnChange = None,
) -> Field:
    """The one large amount of a form, in the middle, with the currency's sign before or after it.

    It takes sums such as 12.50+3, so it is text with a number pad; a longer text is written smaller.
    """
    element = field(
        label,
        value,
        "decimal",
        placeholder=placeholder,
        hint=hint,
        autofocus=autofocus,
        max_length=200,
        on_change=on_change,
    )
    element.props["look"] = "amount"
    element.props["sign"] = sign
    element.props["sign-after"] = sign_after
    return element
