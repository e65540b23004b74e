"""The building blocks of every page, in one look; texts come from the caller, already in the person's language."""

from pages.elements.balance_bars import BalanceBars, Bar
from pages.elements.bottom_bar import AreaLink, BottomBar
from pages.elements.buttons import (
    Button,
    Kind,
    button,
    button_link,
    chip,
    copy_button,
    icon_button,
    set_on,
    share_button,
)
from pages.elements.choosing import Choice, Segments, choice, segments, tabs
from pages.elements.expense_list import Day, Effect, ExpenseList, Row
from pages.elements.fields import Field, FieldKind, amount_field, date_field, field, password_field
from pages.elements.layout import card, columns, pair, row, stack
from pages.elements.notices import connection_bar, empty_state, toast
from pages.elements.people import Faces, avatar, colour, initials
from pages.elements.sheet import Sheet, sheet, sheets_opened
from pages.elements.split_table import Share, SplitTable
from pages.elements.transfers import TransferRow, Transfers
from pages.elements.words import Amount, Text, amount, caption, given, heading, here, icon, link, text, tile

__all__ = [
    "Amount",
    "AreaLink",
    "BalanceBars",
    "Bar",
    "BottomBar",
    "Button",
    "Choice",
    "Day",
    "Effect",
    "ExpenseList",
    "Faces",
    "Field",
    "FieldKind",
    "Kind",
    "Row",
    "Segments",
    "Share",
    "Sheet",
    "SplitTable",
    "Text",
    "TransferRow",
    "Transfers",
    "amount",
    "amount_field",
    "avatar",
    "button",
    "button_link",
    "caption",
    "card",
    "chip",
    "choice",
    "colour",
    "columns",
    "connection_bar",
    "copy_button",
    "date_field",
    "empty_state",
    "field",
    "given",
    "heading",
    "here",
    "icon",
    "icon_button",
    "initials",
    "link",
    "pair",
    "password_field",
    "row",
    "segments",
    "set_on",
    "share_button",
    "sheet",
    "sheets_opened",
    "stack",
    "tabs",
    "text",
    "tile",
    "toast",
]
