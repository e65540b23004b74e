"""Who is to pay whom, as a short list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, span, sprite_icon, tag
from pages.elements.people import Person, face, plain_face
from pages.theme import static_url


@dataclass(frozen=True)
class TransferRow:
    """One payment that is to be made; `text` says it in words, `amount` with its currency."""

    payer: Person
    payee: Person
    text: str
    amount: str


class Transfers(ui.element, component=COMPONENTS / "transfers.js"):
    """Shows payments as one element, however many they are; `show` updates them in place."""

    def __init__(self, rows: Sequence[TransferRow] = ()) -> None:
        super().__init__()
        self.props["sprite"] = static_url("icons.svg")
        self.show(rows)

    def show(self, rows: Sequence[TransferRow]) -> None:
        """Shows these payments instead."""
        self.props["rows"] = tuple(
            {
                "id": place,
                "payer": face(*row.payer),
                "payee": face(*row.payee),
                "text": row.text,
                "amount": row.amount,
            }
            for place, row in enumerate(rows)
        )

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the payments as they are drawn."""
        arrow = sprite_icon(f"{self.props['sprite']}#arrow_forward", "mc-i mc-i--small mc-muted")
        rows = (
            tag(
                "li",
                {"class": "mc-row mc-row--tight"},
                plain_face(row["payer"], "mc-avatar--small"),
                arrow,
                plain_face(row["payee"], "mc-avatar--small"),
                span("mc-grow", row["text"]),
                span("mc-num mc-strong", row["amount"]),
            )
            for row in self.props["rows"]
        )
        return tag("ul", mark("mc-transfers"), *rows)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [row[key] for row in self.props["rows"] for key in ("text", "amount")]
