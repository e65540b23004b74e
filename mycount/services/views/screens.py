"""What an open page of a group shows."""

from dataclasses import dataclass

from mycount.services.views.expenses import ExpensePage
from mycount.services.views.groups import GroupView, Happening


@dataclass(frozen=True)
class Screen:
    """A group with the beginning of its list, if that was wanted, and what has happened last in it, newest first."""

    group: GroupView
    page: ExpensePage | None
    latest: tuple[Happening, ...]
