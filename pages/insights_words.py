"""Puts what was spent into words, columns, bars and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.services.views import CurrencySpending, Filter, GroupView, PersonSpent, Spent
from pages import expense_words, filter_address, words
from pages.elements.month_chart import MonthColumn
from pages.elements.spending import FigureRow, FigureTable, SpendingBar
from pages.filter_words import last_of_month
from pages.insights_period import Period
from pages.month_sums import over_columns
from pages.speech import speech
from pages.words import _, money

_NOTHING: Final = Spent(0, 0)


@dataclass(frozen=True)
class Shown:
    """All that is to be read of one currency's spending."""

    currency: str
    caption: str
    amount: str
    line: str
    essence: str
    columns: tuple[MonthColumn, ...]
    months: FigureTable
    categories: tuple[SpendingBar, ...]
    category_figures: FigureTable
    people: tuple[SpendingBar, ...]
    """Nobody, where only my share is looked at."""
    people_figures: FigureTable


def shown(group: GroupView, spending: CurrencySpending, period: Period, *, mine: bool) -> Shown:
    """Write what was spent in one currency; `mine` says whose part is drawn, tables have both."""
    write = _Writer(group, spending, period, mine)
    columns = tuple(write.columns())
    return Shown(
        currency=spending.currency,
        caption=period.spent(mine=mine),
        amount=write.money(write.part(spending.total)),
        line=write.line(),
        essence=write.essence(columns),
        columns=columns,
        months=write.month_figures(columns),
        categories=tuple(write.category_bars()),
        category_figures=write.category_figures(),
        people=() if mine else tuple(write.people_bars()),
        people_figures=write.people_figures(),
    )


class _Writer:
    """Writes the parts of one picture."""

    def __init__(self, group: GroupView, spending: CurrencySpending, period: Period, mine: bool) -> None:
        self._group = group
        self._spending = spending
        self._period = period
        self._mine = mine
        self._since, self._until = period.days()

    def money(self, amount: int) -> str:
        return money(amount, self._spending.currency)

    def part(self, spent: Spent) -> int:
        return spent.mine if self._mine else spent.everyone

    def line(self) -> str:
        """Say below the large number how this month goes, and how much of all of it is mine."""
        parts = []
        now = words.today().replace(day=1)
        if self._spending.months.keys() - {now} and now in self._spending.months:
            name = words.month_name(now)
            amount = self.money(self.part(self._spending.months[now]))
            parts.append(_("{month} so far: {amount}", month=name, amount=amount))
        if self._mine:
            amount = self.money(self._spending.total.everyone)
            parts.append(_("everyone together: {amount}", amount=amount))
        return " · ".join(parts)

    def columns(self) -> list[MonthColumn]:
        months = self._period.columns(self._spending.months.keys())
        values = [self.part(self._of_month(month.isoformat())) for month in months]
        above = over_columns(speech().figures, values, self._spending.currency)
        return [self._column(month, months, written) for month, written in zip(months, above, strict=True)]

    def essence(self, columns: tuple[MonthColumn, ...]) -> str:
        """Say in words what there is to see."""
        most = max(columns, key=lambda column: column.value, default=None)
        total = self.money(self.part(self._spending.total))
        if most is None or len(columns) == 1:
            return f"{self._period.spent(mine=self._mine)}: {total}"
        return _(
            "{title}: {total} in all. The most in {month}: {amount}.",
            title=self._period.spent(mine=self._mine),
            total=total,
            month=most.label,
            amount=most.text,
        )

    def month_figures(self, columns: tuple[MonthColumn, ...]) -> FigureTable:
        rows = tuple(
            FigureRow(column.id, column.label, self._cells(self._of_month(column.id)), column.href)
            for column in columns
        )
        return self._figures(_("Spending by month"), _("Month"), rows)

    def category_bars(self) -> list[SpendingBar]:
        ordered = self._ordered(self._spending.categories)
        whole = sum(max(0, self.part(spent)) for spent in ordered.values())
        return [
            SpendingBar(
                id=category,
                href=self._href(category=category),
                title=expense_words.category_name(category),
                text=self.money(self.part(spent)),
                share=_percent(self.part(spent), whole),
                icon=expense_words.icon(category, Kind.EXPENSE),
            )
            for category, spent in ordered.items()
            if self.part(spent)
        ]

    def category_figures(self) -> FigureTable:
        rows = tuple(
            FigureRow(
                category,
                expense_words.category_name(category),
                self._cells(spent),
                self._href(category=category),
            )
            for category, spent in self._ordered(self._spending.categories).items()
        )
        return self._figures(_("Spending by category"), _("Category"), rows)

    def people_bars(self) -> list[SpendingBar]:
        people = self._people()
        whole = sum(max(0, person.share) for person in people.values())
        return [
            SpendingBar(
                id=str(member),
                href=self._href(person=member),
                title=expense_words.who(self._group, member),
                text=self.money(person.share),
                share=_percent(person.share, whole),
                person=member,
                name=self._group.named(member).name,
                caption=_("paid {amount}", amount=self.money(person.paid)),
            )
            for member, person in people.items()
        ]

    def people_figures(self) -> FigureTable:
        rows = tuple(
            FigureRow(
                str(member),
                expense_words.who(self._group, member),
                (self.money(person.share), self.money(person.paid)),
                self._href(person=member),
            )
            for member, person in self._people().items()
        )
        total = self.money(self._spending.total.everyone)
        return FigureTable(
            _("Spending by person") + f", {self._spending.currency}",
            (_("Person"), _("Share"), _("Paid")),
            rows,
            FigureRow("total", _("Total"), (total, total)),
        )

    def _figures(self, title: str, first: str, rows: tuple[FigureRow, ...]) -> FigureTable:
        return FigureTable(
            f"{title}, {self._spending.currency}",
            (first, _("Everyone"), _("My share")),
            rows,
            FigureRow("total", _("Total"), self._cells(self._spending.total)),
        )

    def _cells(self, spent: Spent) -> tuple[str, ...]:
        return self.money(spent.everyone), self.money(spent.mine)

    def _column(self, month: date, months: list[date], above: str) -> MonthColumn:
        value = self.part(self._of_month(month.isoformat()))
        return MonthColumn(
            id=month.isoformat(),
            href=self._href(month=month),
            value=value,
            below=_below(month, months),
            above=above,
            label=words.month(month),
            text=self.money(value),
        )

    def _of_month(self, month: str) -> Spent:
        return self._spending.months.get(date.fromisoformat(month), _NOTHING)

    def _ordered(self, found: Mapping[str, Spent]) -> dict[str, Spent]:
        return dict(sorted(found.items(), key=lambda each: (-self.part(each[1]), each[0])))

    def _people(self) -> dict[MemberId, PersonSpent]:
        found = self._spending.people.items()
        return dict(sorted(found, key=lambda each: (-each[1].share, -each[1].paid, each[0])))

    def _href(self, *, month: date | None = None, category: str = "", person: MemberId | None = None) -> str:
        """Give the address of the expenses behind a sum, in the period that is shown."""
        since, until = self._since, self._until
        if month:
            since = max(month, since or month)
            until = min(last_of_month(month), until or date.max)
        currency = self._spending.currency if len(self._group.money) > 1 else ""
        wanted = Filter(
            mine=self._mine and person is None,
            category=category,
            since=since,
            until=until,
            person=person,
            currency=currency,
            spending=True,
        )
        return f"/groups/{self._group.id}{filter_address.query(wanted)}"


def _below(month: date, months: list[date]) -> str:
    """Name a column; of more than a year of them every third, and the year below its January."""
    name = words.month_name(month, "abbreviated")
    if len(months) <= 12:
        return name
    return (
        f"{name}\n{words.year(month.year)}" if month.month == 1 else name if month.month in (4, 7, 10) else ""
    )


def _percent(amount: int, whole: int) -> int:
    return max(0, round(100 * amount / whole)) if whole else 0
