"""Says what an expense that was just stored does for me: who owes whom how much because of it."""

from collections.abc import Mapping

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind, effects
from mycount.services.views import ExpenseView, GroupView
from pages.split_words import payment_words
from pages.words import _, money, ngettext


def effect_words(group: GroupView, seen: ExpenseView, *, is_new: bool) -> str:
    """Say it in one line: "Saved. Cy now owes you €6.00". `group` is as it was before.

    The amount is always that of this expense alone. Who owes whom "now" is only said where nobody owed the other
    way round before, and not of an edit: there it would be the difference.
    """
    draft = seen.draft
    if draft.kind is Kind.PAYMENT:
        payer, payee = (next(iter(members)) for members in (draft.payers, seen.parts))
        said = payment_words(group, payer, payee, draft.amount, draft.currency)
        return _("Saved. {payment}", payment=said)
    changes = {who: effect for who, effect in effects(draft.kind, draft.payers, seen.parts).items() if effect}
    mine = changes.pop(group.me.id, 0)
    before = _balances(group, draft.currency) if is_new else None
    if mine > 0:
        return _gain(group, mine, draft.currency, changes, before)
    if mine < 0:
        return _loss(group, -mine, draft.currency, changes, before)
    return _("Saved. Nothing changes for you")


def _gain(
    group: GroupView,
    mine: int,
    currency: str,
    others: Mapping[MemberId, int],
    before: Mapping[MemberId, int] | None,
) -> str:
    names = [group.named(who).name for who in others]
    amount = money(mine, currency)
    if any(effect > 0 for effect in others.values()):
        return _("Saved. You get {amount}", amount=amount)
    if len(names) > 2:
        return ngettext(
            "Saved. You get {amount} from {n} person",
            "Saved. You get {amount} from {n} people",
            len(names),
            amount=amount,
        )
    if len(names) == 2:
        return _(
            "Saved. You get {amount} from {name} and {other}", amount=amount, name=names[0], other=names[1]
        )
    owed = _owed_already(before, group.me.id, next(iter(others)))
    if owed is None:
        return _("Saved. You get {amount} from {name}", amount=amount, name=names[0])
    if owed:
        return _("Saved. {name} now owes you {amount} more", name=names[0], amount=amount)
    return _("Saved. {name} now owes you {amount}", name=names[0], amount=amount)


def _loss(
    group: GroupView,
    mine: int,
    currency: str,
    others: Mapping[MemberId, int],
    before: Mapping[MemberId, int] | None,
) -> str:
    gaining = [who for who, effect in others.items() if effect > 0]
    amount = money(mine, currency)
    if len(gaining) != 1:
        return _("Saved. You owe {amount}", amount=amount)
    name = group.named(gaining[0]).name
    owed = _owed_already(before, gaining[0], group.me.id)
    if owed is None:
        return _("Saved. You owe {name} {amount} for this", name=name, amount=amount)
    if owed:
        return _("Saved. You now owe {name} {amount} more", name=name, amount=amount)
    return _("Saved. You now owe {name} {amount}", name=name, amount=amount)


def _owed_already(before: Mapping[MemberId, int] | None, creditor: MemberId, debtor: MemberId) -> bool | None:
    """Whether one was owed and the other owed something before; None where it may have been the other way round."""
    if before is None or before.get(creditor, 0) < 0 or before.get(debtor, 0) > 0:
        return None
    return before.get(creditor, 0) > 0 and before.get(debtor, 0) < 0


def _balances(group: GroupView, currency: str) -> Mapping[MemberId, int]:
    return next((kept.balances for kept in group.money if kept.currency == currency), {})
