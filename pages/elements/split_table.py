"""Who takes part in an expense, and with how much."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.people import colour, initials
from pages.elements.told import Listening, number, record, truth, words


@dataclass(frozen=True)
class Share:
    """One person's row: whether they take part, what was typed for them, and the part that follows from it."""

    id: int
    name: str
    checked: bool = True
    typed: str = ""
    part: str = ""
    person: str = ""
    """Whose initials and colour, if not `name`: "You" is Ann."""


class SplitTable(Listening, component=COMPONENTS / "split_table.js"):
    """The rows of a split. The browser keeps what is ticked and typed and tells it; parts are shown as they are known.

    A part that arrives never touches a text that is being typed: only `show` with another text or tick than the browser
    last told writes in the row. `shares` is what is known now.
    """

    def __init__(
        self,
        shares: Sequence[Share],
        *,
        label: str,
        on_toggle: Callable[[int, bool], Any] | None = None,
        on_typed: Callable[[int, str], Any] | None = None,
    ) -> None:
        super().__init__()
        self._shares: dict[int, Share] = {}
        self._turns: dict[int, int] = {}
        self._wrong: frozenset[int] = frozenset()
        self._on_toggle = on_toggle
        self._on_typed = on_typed
        self.props["label"] = label
        self.set_mode(checks=True, inputs=False)
        self.show(shares)
        self.hears("toggle", _toggle, self._toggled)
        self.hears("typed", _typing, self._typed)

    @property
    def shares(self) -> tuple[Share, ...]:
        """All rows with what is ticked and typed in them now."""
        return tuple(self._shares.values())

    def set_mode(
        self,
        *,
        checks: bool,
        inputs: bool,
        field_label: str = "",
        placeholder: str = "",
        unit: str = "",
        signed: bool = False,
        readonly: bool = False,
    ) -> None:
        """Chooses what each row has: a tick, a text to type (named `field_label` after the person), or both.

        `unit` stands behind the text (%); `signed` gives a keyboard that has a minus.
        """
        self.props["checks"] = checks
        self.props["inputs"] = inputs
        self.props["field-label"] = field_label
        self.props["placeholder"] = placeholder
        self.props["unit"] = unit
        self.props["inputmode"] = "text" if signed else "decimal"
        self.props["readonly"] = readonly

    def show(self, shares: Sequence[Share]) -> None:
        """Shows these rows; where ticks or texts differ from what is known, they are written into the row."""
        for share in shares:
            known = self._shares.get(share.id)
            if known is None or (known.checked, known.typed) != (share.checked, share.typed):
                self._turns[share.id] = self._turns.get(share.id, 0) + 1
        self._shares = {share.id: share for share in shares}
        self._send()

    def show_parts(self, parts: Mapping[int, str]) -> None:
        """Shows the parts by member id and nothing else; whoever is not named has none."""
        self._shares = {id_: replace(share, part=parts.get(id_, "")) for id_, share in self._shares.items()}
        self._send()

    def show_wrong(self, wrong: Collection[int], said: ui.element) -> None:
        """Marks the texts of these members as wrong; `said` is what says why."""
        if self._wrong != frozenset(wrong):
            self._wrong = frozenset(wrong)
            self.props["said"] = said.html_id
            self._send()

    def focus_wrong(self, *, or_first: bool = False) -> None:
        """Goes to the first text that is marked; if there is none, nowhere, or to the first of all."""
        self.run_method("focusWrong", or_first)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [
            content for share in self._shares.values() for content in (share.name, share.typed, share.part)
        ]

    def _send(self) -> None:
        self.props["rows"] = tuple(self._row(share) for share in self._shares.values())

    def _row(self, share: Share) -> dict[str, Any]:
        return {
            "id": share.id,
            "name": share.name,
            "initials": initials(share.person or share.name),
            "colour": colour(share.id),
            "checked": share.checked,
            "typed": share.typed,
            "part": share.part,
            "turn": self._turns[share.id],
            "wrong": share.id in self._wrong,
        }

    def _toggled(self, told: tuple[int, bool]) -> Any:
        id_, checked = told
        if id_ not in self._shares:
            return None
        self._shares[id_] = replace(self._shares[id_], checked=checked)
        return self._on_toggle(id_, checked) if self._on_toggle else None

    def _typed(self, told: tuple[int, str]) -> Any:
        id_, text = told
        if id_ not in self._shares:
            return None
        self._shares[id_] = replace(self._shares[id_], typed=text)
        return self._on_typed(id_, text) if self._on_typed else None


def _toggle(said: object) -> tuple[int, bool]:
    told = record(said)
    return number(told.get("id")), truth(told.get("checked"))


def _typing(said: object) -> tuple[int, str]:
    told = record(said)
    return number(told.get("id")), words(told.get("text"))[:200]
