"""What is looked for in a group's list on one page: what was typed, and what was chosen."""

from collections.abc import Iterable
from dataclasses import replace

from mycount.services.views import Filter, MemberView
from pages import filter_address
from pages.search_words import words
from pages.words import separators


class Search:
    """Begins with what an address says; `wanted` is all of it, for the service."""

    def __init__(self, chosen: Filter, text: str = "") -> None:
        self.chosen, self.text = chosen, text
        self.wanted = replace(chosen, words=words(text, *separators()))

    def change(self, *, chosen: Filter | None = None, text: str | None = None) -> None:
        """Look for something else; what is not given stays."""
        self.chosen = self.chosen if chosen is None else chosen
        self.text = self.text if text is None else text.strip()[: filter_address.LONGEST]
        self.wanted = replace(self.chosen, words=words(self.text, *separators()))

    @property
    def query(self) -> str:
        """Write it as the end of an address."""
        return filter_address.query(self.chosen, self.text)

    @property
    def names_somebody(self) -> bool:
        """Whether it is about a person in particular, of whom the address has only a number."""
        return self.chosen.person is not None or self.chosen.payer is not None

    def keep_to(self, members: Iterable[MemberView]) -> None:
        """Leave out who is not one of these."""
        known = {member.id for member in members}
        person = self.chosen.person if self.chosen.person in known else None
        payer = self.chosen.payer if self.chosen.payer in known else None
        self.change(chosen=replace(self.chosen, person=person, payer=payer))
