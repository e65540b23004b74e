"""Why a balance is what it is: every expense that makes it, with what it did, running to the sum."""

from collections.abc import Iterator

from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.services import balances, news
from mycount.services.views import ExpenseLine, ExpensePage, GroupView
from pages import balance_words, expense_words, words
from pages.calls import call
from pages.desk import Desk
from pages.elements import Day, ExpenseList, Row, amount, caption, row, sheet, stack, text
from pages.elements.words import Text
from pages.expense_sheet import open_expense_sheet
from pages.live import show_live
from pages.stretches import After, Stretches
from pages.words import _, money, ngettext


async def open_why(desk: Desk, member_id: MemberId, currency: str) -> None:
    """Show the lines that make a member's balance in one currency, and follow them."""
    why = _Why(desk, member_id, currency)
    await why.read()
    await why.draw()


class _Why:
    """The sheet for one balance."""

    def __init__(self, desk: Desk, member_id: MemberId, currency: str) -> None:
        self._desk = desk
        self._member_id = member_id
        self._currency = currency
        self._lines = Stretches(self._stretch, step=100)
        self._balance = 0

    async def read(self) -> None:
        """Read the lines and the balance anew."""
        await self._lines.refresh()
        await self._desk.look()

    async def draw(self) -> None:
        """Open the sheet and keep it true until it is closed."""
        group = self._desk.seen
        title = _title(group, self._member_id)
        with sheet(title, _("Close")) as self._sheet:
            self._sum = amount("", size="large")
            self._explanation = text("", muted=True)
            self._list = ExpenseList(on_open=self._open, on_more=self._grow)
            self._total = _Total()
            await show_live([news.of_group(group.id)], self.read, self._show, gone=self._gone)

    def _show(self, _read: None) -> None:
        group = self._desk.seen
        self._sum.show(money(self._balance, self._currency, sign=True), balance_words.tint(self._balance))
        self._explanation.set_text(_explained(group, self._member_id, self._balance))
        days = list(_days(group, self._running()))
        self._list.show(days, more=self._lines.more)
        self._list.set_visibility(bool(days))
        self._total.show(self._lines.lines, self._balance, self._currency)

    def _gone(self) -> None:
        self._sheet.close()

    def _running(self) -> Iterator[tuple[ExpenseLine, int]]:
        """Give each line with the balance as it was after it."""
        balance = self._balance
        for line in self._lines.lines:
            yield line, balance
            balance -= line.effect

    async def _grow(self) -> None:
        with self._desk.at_work():
            await self._lines.grow()
            self._show(None)

    async def _open(self, expense_id: int) -> None:
        await self._desk.open(
            ("expense", expense_id), lambda: open_expense_sheet(self._desk, ExpenseId(expense_id))
        )

    async def _stretch(self, after: After, limit: int) -> ExpensePage:
        desk = self._desk
        why = await call(
            balances.why,
            desk.user_id,
            desk.group_id,
            self._member_id,
            self._currency,
            after=after,
            limit=limit,
        )
        self._balance = why.money.amount
        return why.page


class _Total:
    """The last line: what the lines shown come to, and what the older ones do."""

    def __init__(self) -> None:
        with stack(tight=True).classes("mc-total"):
            with row(between=True) as self._older_row:
                self._older_name = caption("")
                self._older = Text("span", "").classes("mc-num mc-muted")
            with row(between=True):
                self._name = Text("span", "").classes("mc-strong")
                self._sum = Text("span", "").classes("mc-num mc-strong")

    def show(self, lines: tuple[ExpenseLine, ...], balance: int, currency: str) -> None:
        """Show the sum of the lines that are shown, and that it is the balance together with the older ones."""
        older = balance - sum(line.effect for line in lines)
        self._older_row.set_visibility(older != 0)
        self._older_name.set_text(_("Older expenses"))
        self._older.set_text(money(older, currency, sign=True))
        self._name.set_text(
            _("Together")
            if older
            else ngettext("Together, {n} expense", "Together, {n} expenses", len(lines))
        )
        self._sum.set_text(money(balance, currency, sign=True))


def _title(group: GroupView, member_id: MemberId) -> str:
    if member_id == group.me.id:
        return _("Why this balance?")
    return _("Why this balance of {name}?", name=group.named(member_id).name)


def _explained(group: GroupView, member_id: MemberId, balance: int) -> str:
    if not balance:
        return _("Everything paid and everything shared comes to nothing: even.")
    if member_id == group.me.id:
        return (
            _("You paid this much more than your parts come to. You get it back.")
            if balance > 0
            else _("You paid this much less than your parts come to. You owe it.")
        )
    name = group.named(member_id).name
    return (
        _("{name} paid this much more than their parts come to, and gets it back.", name=name)
        if balance > 0
        else _("{name} paid this much less than their parts come to, and owes it.", name=name)
    )


def _days(group: GroupView, running: Iterator[tuple[ExpenseLine, int]]) -> Iterator[Day]:
    """Write the lines by days, each with what it did and what the balance was after it."""
    day, rows = None, list[Row]()
    for line, balance in running:
        if line.day != day:
            if day is not None:
                yield Day(words.day(day), tuple(rows))
            day, rows = line.day, []
        rows.append(_row(group, line, balance))
    if day is not None:
        yield Day(words.day(day), tuple(rows))


def _row(group: GroupView, line: ExpenseLine, balance: int) -> Row:
    is_payment = line.kind is Kind.PAYMENT
    paid = _("Payment") if is_payment else expense_words.paid(group, line.kind, line.payers)
    return Row(
        id=line.id,
        icon=expense_words.icon(line.category, line.kind),
        title=expense_words.title(group, line.kind, line.title, line.payers, line.people),
        caption=f"{money(line.amount, line.currency)} · {paid}",
        amount=money(line.effect, line.currency, sign=True),
        effect=_("makes {amount}", amount=money(balance, line.currency, sign=True)),
        effect_kind="none",
        is_payment=is_payment,
    )
