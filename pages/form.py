"""Forms: Enter in a field presses the button, what was typed is kept, and errors stand beside their field."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from mycount.domain.errors import Refusal
from pages.elements import Button, Choice, Field, button, toast
from pages.elements.words import Text
from pages.words import refusal

Marked = Field | Choice[str] | Choice[int]
"""What can show a sentence about what is wrong with it."""


class Form(ui.element):
    """An HTML form. Fill it with fields inside `with`, then call `ends_with` where the button should stand.

    Browsers turn Enter in a field into a press of the button, and password managers understand what it is for.
    While the work is done nothing can be sent twice. A refusal with a field is shown there, any other above the
    button; afterwards `leaving` can be set by whoever goes to another page, and the button stays as it is.
    """

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        super().__init__("form")
        self.classes("mc-stack")
        self.props["novalidate"] = True
        self.on("submit", js_handler="(event) => event.preventDefault()")
        self.fields: dict[str, Marked] = {}
        self.leaving = False
        self._work = work
        self._alert: Text | None = None
        self._button: Button | None = None

    def takes(self, name: str, field: Field) -> Field:
        """Notes a field under the name that refusals and password managers know it by."""
        field.props["name"] = name
        self.fields[name] = field
        return field

    def ends_with(self, text: str, *, tall: bool = True) -> Button:
        """Adds the button, and above it the place for what no field is to blame for; also outside of the form."""
        self._alert = Text("p", "").classes("mc-alert")
        self._alert.props["role"] = "alert"
        self._alert.set_visibility(False)
        self._button = button(text, tall=tall, on_click=self.send)
        self._button.props["type"] = "submit"
        self._button.props["form"] = self.html_id
        return self._button

    async def send(self) -> None:
        """Does the work, once at a time, and shows what it was refused for."""
        if self._button is None or not self._button.enabled:
            return
        self._button.disable()
        self.say("")
        try:
            await self._work()
        except Refusal as error:
            self._show(error)
        finally:
            if not self.leaving and not self.is_deleted:
                self._button.enable()

    def say(self, sentence: str) -> None:
        """Says something above the button, until it is pressed again; nothing, where the form is gone."""
        if self._alert is not None and not self.is_deleted:
            self._alert.set_text(sentence)
            self._alert.set_visibility(bool(sentence))

    def stay(self, sentence: str) -> None:
        """Says that going to another page did not work, and lets the button be pressed again."""
        self.leaving = False
        self.say(sentence)
        if self._button is not None:
            self._button.enable()

    def _show(self, error: Refusal) -> None:
        if self.is_deleted:
            toast(refusal(error))
            return
        field = self.fields.get(error.field or "")
        if field is None:
            self.say(refusal(error))
            return
        field.error = refusal(error)
        if isinstance(field, Field):
            field.focus()
