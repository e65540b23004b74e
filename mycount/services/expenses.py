"""Expenses, incomes and payments: adding, seeing, editing, deleting with a way back, and listing them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from mycount.db.tables import ExpenseRow
from mycount.domain import text
from mycount.domain.errors import Conflict, NotFound
from mycount.domain.ids import ExpenseId, GroupId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.words import N_
from mycount.services import access, drafts, finding, habits, ledgers, listing, storing, tallies, tokens
from mycount.services.operation import operation
from mycount.services.views import Draft, ExpenseLine, ExpensePage, ExpenseView, Filter, Suggestion
from mycount.services.views.differing import only_change


@operation
def add(actor: UserId, group_id: GroupId, draft: Draft) -> ExpenseId:
    """Store an expense and move the balances with it. The same again (by `submit_key`) gives the one stored before.

    Refuses: an amount of nothing, payers or parts that do not add up, people of other groups, no title.
    Conflict: what is stored under this key differs or is deleted (see `sent`), or somebody else has recorded the
    same payment just now. Without a category one is chosen by the title.
    """
    draft = drafts.checked(draft)
    key = _key(draft.submit_key) or tokens.new()[:40]
    with access.changing(actor, group_id) as door:
        stored = _sent(door, key)
        if stored is not None:
            _check_same(stored, draft)
            door.undo()
            return stored.id
        drafts.check_people(door, draft)
        if draft.kind is Kind.PAYMENT and not draft.anyway:
            drafts.check_not_recorded(door, draft)
        draft = _categorised(door, draft)
        entry = ledgers.worked_out(door, draft)
        expense_id = storing.add(door, draft, key)
        ledgers.write(door, expense_id, entry)
        ledgers.post(door, draft.currency, draft.kind, entry)
        habits.remember(door, draft)
        storing.record(door, "paid" if draft.kind is Kind.PAYMENT else "added", expense_id, draft, entry)
        return expense_id


@operation
def sent(actor: UserId, group_id: GroupId, submit_key: str) -> ExpenseView | None:
    """Give what was stored under a key, as it is now and also if it is deleted; None if nothing was."""
    with access.reading(actor, group_id) as door:
        return _sent(door, _key(submit_key))


@operation
def see(actor: UserId, group_id: GroupId, expense_id: ExpenseId) -> ExpenseView:
    """Give one expense whole, also a deleted one."""
    with access.reading(actor, group_id) as door:
        return _whole(door, expense_id)


@operation
def edit(actor: UserId, group_id: GroupId, expense_id: ExpenseId, version: int, draft: Draft) -> None:
    """Change an expense that still has the version given; its parts change only if what makes them does.

    Saving it unchanged changes nothing at all, and nobody hears of it.
    Refuses like `add`; Conflict when somebody else has changed or deleted it since: see it again and choose.
    """
    draft = drafts.checked(draft)
    with access.changing(actor, group_id) as door:
        draft, row = _categorised(door, draft), _row(door, expense_id)
        if row.deleted_at is not None:
            raise Conflict(N_("Somebody deleted this expense meanwhile. Restore it to edit it."))
        if row.version != version:
            raise Conflict(N_("Somebody else changed this expense meanwhile."))
        before = ledgers.entries(door.session, [expense_id])[expense_id]
        was = listing.whole(row, before).draft
        if replace(draft, submit_key=was.submit_key) == was:
            door.undo()
            return
        drafts.check_people(door, draft, also=frozenset({*before.payers, *before.parts}))
        after = _entry(door, was, draft, before)
        ledgers.post(door, was.currency, was.kind, before, sign=-1)
        ledgers.post(door, draft.currency, draft.kind, after)
        ledgers.erase(door, expense_id)
        storing.change(door, expense_id, row.version + 1, draft)
        ledgers.write(door, row.id, after)
        change = only_change(was, draft)
        storing.record(door, f"edited_{change}" if change else "edited", row.id, draft, after)


@operation
def delete(actor: UserId, group_id: GroupId, expense_id: ExpenseId) -> None:
    """Take an expense out of the balances; `restore` brings it back to the cent. Twice is once."""
    with access.changing(actor, group_id) as door:
        row = _row(door, expense_id)
        if row.deleted_at is not None:
            door.undo()
            return
        row.deleted_at, row.deleted_by = door.now, door.my_id
        _repost(door, row, "deleted", sign=-1)


@operation
def restore(actor: UserId, group_id: GroupId, expense_id: ExpenseId) -> None:
    """Bring a deleted expense back with the parts it had. Twice is once."""
    with access.changing(actor, group_id) as door:
        row = _row(door, expense_id)
        if row.deleted_at is None:
            door.undo()
            return
        row.deleted_at = row.deleted_by = None
        _repost(door, row, "restored", sign=1)


@operation
def listed(
    actor: UserId,
    group_id: GroupId,
    *,
    wanted: Filter | None = None,
    after: tuple[date, ExpenseId] | None = None,
    limit: int = 40,
) -> ExpensePage:
    """Give a stretch of the expenses, the latest day first; `after` is where the last stretch ended.

    With `wanted` only those that it asks for; if all of them are in the first stretch, it has their sums as well.
    """
    with access.reading(actor, group_id) as door:
        if not wanted and not after:
            return listing.beginning(door, limit)
        which = (ExpenseRow.group_id == group_id, ExpenseRow.deleted_at.is_(None))
        if not wanted:
            return listing.page(door.session, which, after, limit, seen_by=door.my_id)
        found = finding.conditions(door, wanted, for_a_page=True)
        page = listing.page(door.session, found, after, limit, seen_by=door.my_id)
        return page if after or page.after else replace(page, found=tallies.of_lines(page.lines))


@operation
def alike(
    actor: UserId,
    group_id: GroupId,
    *,
    amount: int,
    currency: str,
    day: date,
    kind: Kind = Kind.EXPENSE,
    but: ExpenseId | None = None,
) -> ExpenseLine | None:
    """Give the latest expense of this amount within a day of `day`, if there is one; `but` is not looked at."""
    with access.reading(actor, group_id) as door:
        which = finding.alike(door, amount, currency, day, kind, but)
        return next(iter(listing.page(door.session, which, None, 1, seen_by=door.my_id).lines), None)


@operation
def deleted(
    actor: UserId, group_id: GroupId, *, after: tuple[date, ExpenseId] | None = None, limit: int = 100
) -> ExpensePage:
    """Give the deleted expenses, the latest day first; `after` continues a list (where the last page ended)."""
    with access.reading(actor, group_id) as door:
        which = (ExpenseRow.group_id == group_id, ExpenseRow.deleted_at.is_not(None))
        return listing.page(door.session, which, after, limit, seen_by=door.my_id)


@operation
def suggest(actor: UserId, group_id: GroupId, title: str) -> Suggestion:
    """Suggest category, payer and split from the last expense of this title, or the category from its words."""
    with access.reading(actor, group_id) as door:
        return habits.suggestion(door, title)


def _whole(door: access.Door, expense_id: ExpenseId) -> ExpenseView:
    return listing.whole(_row(door, expense_id), ledgers.entries(door.session, [expense_id])[expense_id])


def _row(door: access.Door, expense_id: ExpenseId) -> ExpenseRow:
    row = door.session.get(ExpenseRow, expense_id)
    if row is None or row.group_id != door.group_id:
        raise NotFound(N_("There is no such expense in this group."))
    return row


def _key(submit_key: str) -> str:
    return text.line(submit_key, limit=2000, field="submit_key", optional=True)[:40]


def _sent(door: access.Door, key: str) -> ExpenseView | None:
    found = door.run(_SENT, {"group": door.group_id, "key": key}).scalar_one_or_none()
    return None if found is None else _whole(door, ExpenseId(found))


def _check_same(stored: ExpenseView, draft: Draft) -> None:
    """Refuse to take something else, or something that is gone, for what is stored."""
    was = stored.draft
    same = replace(draft, category=draft.category or was.category, submit_key=was.submit_key) == was
    if stored.is_deleted or not same:
        raise Conflict(N_("This was saved before, and has been changed since. Look at it in the list."))


def _categorised(door: access.Door, draft: Draft) -> Draft:
    return draft if draft.category else replace(draft, category=habits.category_of(door, draft.title))


def _entry(door: access.Door, was: Draft, draft: Draft, before: ledgers.Entry) -> ledgers.Entry:
    """Keep the parts to the cent where nothing that makes them was changed; else work them out anew."""
    same = (was.amount, was.currency, was.kind, was.mode) == (
        draft.amount,
        draft.currency,
        draft.kind,
        draft.mode,
    )
    if same and was.typed == draft.typed:
        return ledgers.Entry(dict(draft.payers), before.parts, before.typed)
    if was.currency == draft.currency:
        return ledgers.worked_out(door, draft, without=before, without_kind=was.kind)
    return ledgers.worked_out(door, draft)


def _repost(door: access.Door, row: ExpenseRow, verb: str, *, sign: int) -> None:
    entry = ledgers.entries(door.session, [row.id])[row.id]
    ledgers.post(door, row.currency, Kind(row.kind), entry, sign=sign)
    row.version += 1
    storing.record(door, verb, row.id, row, entry)


_SENT = select(ExpenseRow.id).where(
    ExpenseRow.group_id == bindparam("group"), ExpenseRow.submit_key == bindparam("key")
)
