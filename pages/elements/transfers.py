"""Who is to pay whom, as a short list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.people import Person, face
from pages.theme import static_url


@dataclass(frozen=True)
class TransferRow:
    """One payment that is to be made; `text` says it in words, `amount` with its currency."""

    payer: Person
    payee: Person
    text: str
    amount: str


class Transfers(ui.element, component=COMPONENTS / "transfers.js"):
    """Shows payments as one element, however many they are."""

    def __init__(self, rows: Sequence[TransferRow]) -> None:
        super().__init__()
        self.props["sprite"] = static_url("icons.svg")
        self.props["rows"] = [
            {
                "id": place,
                "payer": face(*row.payer),
                "payee": face(*row.payee),
                "text": row.text,
                "amount": row.amount,
            }
            for place, row in enumerate(rows)
        ]

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [row[key] for row in self.props["rows"] for key in ("text", "amount")]
