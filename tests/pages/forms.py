"""Forms, groups and stored expenses for tests of the form; they need no screen."""

from datetime import UTC, date, datetime

from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.settle import Plan
from mycount.services.views import (
    CurrencyBalances,
    Draft,
    ExpenseView,
    GroupView,
    MemberView,
    Usual,
)
from pages.form_state import FormState
from pages.typed_numbers import Notation

ANN, BO, CY = MemberId(1), MemberId(2), MemberId(3)
TODAY = date(2026, 3, 14)
ENGLISH = Notation(".", ",")
GERMAN = Notation(",", ".")


def member(id_: MemberId, name: str, *, is_active: bool = True) -> MemberView:
    """Give a member; Ann is who fills in the form."""
    return MemberView(id_, name, "member", "name", is_me=id_ == ANN, is_active=is_active)


def group(
    *, usual: Usual | None = None, absorbed: dict[MemberId, int] | None = None, cy_left: bool = False
) -> GroupView:
    """Give a group of Ann, Bo and Cy, as Ann sees it."""
    me = member(ANN, "Ann")
    money = CurrencyBalances("EUR", {}, absorbed or {}, Plan((), True))
    return GroupView(
        id=GroupId(1),
        name="Lisbon 2026",
        icon="sailing",
        currency="EUR",
        version=1,
        is_archived=False,
        me=me,
        members=(me, member(BO, "Bo"), member(CY, "Cy", is_active=not cy_left)),
        money=(money,),
        usual=usual or Usual(None, None, "EUR"),
    )


def begun(notation: Notation = ENGLISH, **about: object) -> FormState:
    """Begin the form for a dinner."""
    form = FormState.fresh(group(**about), notation, TODAY)  # type: ignore[arg-type]
    form.title = "Dinner"
    return form


def stored(draft: Draft, parts: dict[MemberId, int], version: int = 3) -> ExpenseView:
    """Give an expense as it is stored."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return ExpenseView(ExpenseId(7), version, draft, parts, ANN, at, ANN, at, False)
