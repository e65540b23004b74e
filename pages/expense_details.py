"""What is shown of one expense: the amount, who paid, each part, the note, and what became of it."""

from collections.abc import Mapping

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind, effects
from mycount.domain.split import Mode
from mycount.services.views import ExpenseView, GroupView
from pages import expense_words, words
from pages.elements import amount, avatar, caption, given, heading, row, stack, text, tile
from pages.elements.words import Text, Tint
from pages.words import _, money


def title_of(group: GroupView, seen: ExpenseView) -> str:
    """Give what an expense is called."""
    return expense_words.title(group, seen.draft.kind, seen.draft.title, seen.draft.payers, seen.parts)


def draw_details(group: GroupView, seen: ExpenseView) -> None:
    """Build everything there is to know about an expense."""
    draft = seen.draft
    if seen.is_deleted:
        text(_("This expense is deleted and counts for nobody."), muted=True)
    with row():
        symbol = expense_words.icon(draft.category, draft.kind)
        tile(symbol, "brand" if draft.kind is Kind.PAYMENT else "plain")
        with ui.element("div"):
            amount(money(draft.amount, draft.currency), size="large")
            caption(_about(seen))
    _draw_mine(group, seen)
    if draft.kind is Kind.PAYMENT:
        if draft.title:
            given(draft.title, "p")
    else:
        _draw_people(_payers_title(seen), group, draft.payers, draft.currency)
        _draw_people(_split_title(seen), group, seen.parts, draft.currency, _typed(seen))
    if draft.note:
        with stack(tight=True):
            heading(3, _("Note"))
            given(draft.note, "p").classes("mc-note")
    with stack(tight=True):
        for line in _past(group, seen):
            caption(line)


def _about(seen: ExpenseView) -> str:
    kind = _("Income") if seen.draft.kind is Kind.INCOME else ""
    category = expense_words.category_name(seen.draft.category)
    return " · ".join(part for part in (kind, category, words.day(seen.draft.day)) if part)


def _draw_mine(group: GroupView, seen: ExpenseView) -> None:
    if seen.draft.kind is Kind.PAYMENT or seen.is_deleted:
        return
    mine = effects(seen.draft.kind, seen.draft.payers, seen.parts).get(group.me.id, 0)
    if not mine:
        return
    tint: Tint = "owed" if mine > 0 else "owe"
    sum_ = money(abs(mine), seen.draft.currency)
    said = (
        _("You get {amount} for it", amount=sum_) if mine > 0 else _("You owe {amount} for it", amount=sum_)
    )
    Text("p", said).classes(f"mc-strong mc-{tint}")


def _draw_people(
    title: str,
    group: GroupView,
    sums: Mapping[MemberId, int],
    currency: str,
    typed: Mapping[MemberId, str] | None = None,
) -> None:
    with stack(tight=True):
        heading(3, title)
        with ui.element("ul").classes("mc-sums"):
            for member, sum_ in sums.items():
                with ui.element("li"):
                    avatar(group.named(member).name, member, small=True)
                    given(expense_words.who(group, member)).classes("mc-grow")
                    if typed and member in typed:
                        Text("span", typed[member]).classes("mc-muted")
                    Text("span", money(sum_, currency)).classes("mc-num mc-strong")


def _payers_title(seen: ExpenseView) -> str:
    return _("Received by") if seen.draft.kind is Kind.INCOME else _("Paid by")


def _split_title(seen: ExpenseView) -> str:
    return {
        Mode.EQUAL: _("Split equally"),
        Mode.SHARES: _("Split by shares"),
        Mode.PERCENT: _("Split by percent"),
        Mode.AMOUNTS: _("Split by exact amounts"),
        Mode.ADJUST: _("Split equally, with adjustments"),
    }[seen.draft.mode]


def _typed(seen: ExpenseView) -> dict[MemberId, str]:
    """Give what was typed for each, where it is not the part itself."""
    draft = seen.draft
    if draft.mode is Mode.SHARES:
        return {member: f"{words.number(value)} ×" for member, value in draft.typed.items()}
    if draft.mode is Mode.PERCENT:
        return {member: words.percent(value) for member, value in draft.typed.items()}
    if draft.mode is Mode.ADJUST:
        typed = {member: int(value) for member, value in draft.typed.items() if value}
        return {member: money(value, draft.currency, sign=True) for member, value in typed.items()}
    return {}


def _past(group: GroupView, seen: ExpenseView) -> list[str]:
    """Say who added it when, and who changed it last."""
    added = (
        _("Added by you, {moment}", moment=words.moment(seen.created_at))
        if seen.created_by == group.me.id
        else _(
            "Added by {name}, {moment}",
            name=group.named(seen.created_by).name,
            moment=words.moment(seen.created_at),
        )
    )
    if seen.changed_at == seen.created_at:
        return [added]
    name, moment = group.named(seen.changed_by).name, words.moment(seen.changed_at)
    if seen.changed_by == group.me.id:
        return [added, _("Changed by you, {moment}", moment=moment)]
    return [added, _("Changed by {name}, {moment}", name=name, moment=moment)]
