"""What an export says is what the group's expenses say: every line sums to zero, and the sums are the balances."""

import csv
import io
import json
import re
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mycount.domain.currency import exponent
from mycount.domain.errors import Refusal
from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.services import expenses, export, groups, members
from mycount.web.export_csv import CHANGED, COLUMNS
from mycount.web.export_writing import Form, Writing
from mycount.web.exports import FORMS
from tests.world import Scene, World

PEOPLE = ("Ann", "Bo", "=Cy")
FORMULA = re.compile(r"\s*[=+\-@\t\r\0＝＋－＠]")

beginnings = st.sampled_from(
    ["", "=", "+", "-", "@", "\t=", "\r=", " =", "＝", "x;=", "x; @", 'x";=', "'=", "a\n=", "\0="]
)
hostile = st.builds("".join, st.tuples(beginnings, st.text(max_size=20)))
bills = st.fixed_dictionaries(
    {
        "amount": st.integers(1, 10**15),
        "payer": st.sampled_from(PEOPLE),
        "people": st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True),
        "day": st.dates(date(1900, 1, 1), date(2200, 12, 31)),
        "currency": st.sampled_from(["EUR", "JPY", "KWD", "CLF"]),
        "kind": st.sampled_from([Kind.EXPENSE, Kind.INCOME]),
        "title": hostile,
        "note": hostile,
    }
)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "STRETCH", 3)


def exported(scene: Scene, form: str, *, zipped: bool = False, between: Callable[[], object] = bool) -> str:
    """Give a whole file; `between` is done after the first stretch."""
    outline = export.begin(scene.owner, scene.id)
    begun: Form = FORMS[form](outline)
    writing = Writing(scene.owner, outline, begun, zipped=zipped)
    pieces = [writing.go_on() or b""]
    between()
    while (piece := writing.go_on()) is not None:
        pieces.append(piece)
    whole = b"".join(pieces)
    return (zlib.decompress(whole, wbits=31) if zipped else whole).decode()


def table(text: str) -> list[dict[str, str]]:
    """Read the table as a program would that knows nothing of MyCount."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def kept(scene: Scene) -> dict[str, dict[int, int]]:
    """Give the balances that the group shows, but for zeros."""
    return {
        money.currency: {who: balance for who, balance in money.balances.items() if balance}
        for money in scene.see().money
    }


def test_lines_sum_to_zero_sums_are_the_balances_and_text_is_no_formula(world: World) -> None:
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(bills, max_size=10))
    def check(typed: list[dict[str, Any]]) -> None:
        scene = world.group(*PEOPLE)
        for bill in typed:
            try:
                scene.add(**bill)
            except Refusal:  # a title of nothing that can be seen
                scene.add(**{**bill, "title": "Dinner"})
        scene.pay(777, "Bo", "=Cy")
        _check_table(scene, exported(scene, "csv"))
        _check_document(scene, exported(scene, "json", zipped=True))

    check()


def _check_table(scene: Scene, text: str) -> None:
    assert text.startswith("\ufeffDate,Title,")
    names = {"Ann": "Ann", "Bo": "Bo", "=Cy": "'=Cy"}
    lines = table(text)
    for line in lines:
        assert sum(Decimal(line[name]) for name in names.values()) == 0
        assert not any(FORMULA.match(line[cell]) for cell in ("Title", "Note", "Paid by", "Category"))
    assert text.count("\r\n") == len(lines) + 1 == len(text.splitlines()), "an expense is one line"
    for line in text.splitlines():  # as a spreadsheet cuts it that knows semicolons, not commas
        assert not any(FORMULA.match(cell) for cell in line.split(";"))
    sums = {line["Currency"]: line for line in lines if line["Kind"] == "balance"}
    assert [line["Kind"] for line in lines[-len(sums) :]] == ["balance"] * len(sums)
    assert next(iter(sums)) == "EUR"
    for currency, balances in kept(scene).items():
        shown = {who: Decimal(sums[currency][names[name]]) for name, who in scene.members.items()}
        units = {who: int(amount.scaleb(exponent(currency))) for who, amount in shown.items() if amount}
        assert units == balances
    listed = expenses.listed(scene.owner, scene.id, limit=100).lines
    assert len(listed) == len(lines) - len(sums)
    for seen, line in zip(reversed(listed), lines, strict=False):
        assert (line["Date"], line["Kind"], line["Currency"]) == (
            seen.day.isoformat(),
            seen.kind,
            seen.currency,
        )
        assert Decimal(line["Amount"]).scaleb(exponent(seen.currency)) == seen.amount
        assert Decimal(line["Ann"]).scaleb(exponent(seen.currency)) == seen.effect


def _check_document(scene: Scene, text: str) -> None:
    found = json.loads(text, parse_float=pytest.fail)
    assert found["is_whole"] is True and found["format"] == "mycount"
    assert [member["name"] for member in found["members"]] == list(PEOPLE)
    for one in found["expenses"]:
        stored = scene.expense(ExpenseId(one["id"]))
        draft = stored.draft
        assert (one["title"], one["note"], one["mode"]) == (draft.title, draft.note, draft.mode)
        assert {payer["member"]: payer["amount"] for payer in one["payers"]} == draft.payers
        assert {part["member"]: part["amount"] for part in one["parts"]} == stored.parts
        assert {part["member"]: Decimal(part["typed"]) for part in one["parts"]} == draft.typed
        assert sum(stored.parts.values()) == one["amount"] == draft.amount
    balances = {
        money["currency"]: {one["member"]: one["balance"] for one in money["members"] if one["balance"]}
        for money in found["balances"]
    }
    assert {code: of for code, of in balances.items() if of} == {
        code: of for code, of in kept(scene).items() if of
    }
    assert {money["currency"]: money["decimals"] for money in found["balances"]} == {
        code: exponent(code) for code in balances
    }


def test_a_table_as_a_person_reads_it(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    day = date(2026, 3, 14)
    scene.add(
        9000, {"Ann": 8000, "Bo": 1000}, title="Dinner, late", category="restaurant", note="a\nb", day=day
    )
    scene.pay(1234, "Cy", "Ann", day=day)
    scene.add(
        500, "Bo", ["Cy"], currency="JPY", title="Metro", category="transport", kind=Kind.INCOME, day=day
    )

    assert exported(scene, "csv").removeprefix("\ufeff").splitlines() == [
        "Date,Title,Category,Kind,Amount,Currency,Note,Paid by,Ann,Bo,Cy",
        '2026-03-14,"Dinner, late",restaurant,expense,90.00,EUR,a / b,"Ann 80.00, Bo 10.00",50.00,-20.00,-30.00',
        "2026-03-14,,payment,payment,12.34,EUR,,Cy 12.34,-12.34,0.00,12.34",
        "2026-03-14,Metro,transport,income,500,JPY,,Bo 500,0,-500,500",
        ",Balance,,balance,,EUR,,,37.66,-20.00,-17.66",
        ",Balance,,balance,,JPY,,,0,-500,500",
    ]


def test_a_group_without_expenses_is_whole_too(world: World) -> None:
    scene = world.group("Ann")

    assert [line["Kind"] for line in table(exported(scene, "csv"))] == ["balance"]
    found = json.loads(exported(scene, "json"))
    assert (found["expenses"], found["is_whole"]) == ([], True)


def test_people_of_the_same_name_and_of_the_name_of_a_column_have_columns_of_their_own(world: World) -> None:
    scene = world.group("Ann", "Bo", "Amount")
    scene.add(300, "Ann")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    members.add(scene.owner, scene.id, "Bo")

    line, balance = table(exported(scene, "csv"))

    assert list(line) == [*COLUMNS, "Ann", "Bo", "Amount (2)", "Bo (2)"]
    assert (line["Amount"], line["Amount (2)"], line["Bo"], line["Bo (2)"]) == (
        "3.00",
        "-1.00",
        "-1.00",
        "0.00",
    )
    assert balance["Bo"] == "-1.00"


@pytest.mark.parametrize("form", FORMS)
def test_a_group_that_changes_meanwhile_still_sums_up_and_says_that_it_changed(
    world: World, form: str
) -> None:
    scene = world.group("Ann", "Bo")
    early = [scene.add(100 * number, "Ann", day=date(2026, 1, number)) for number in range(1, 5)]
    scene.add(900, "Bo", day=date(2026, 1, 9))

    def meanwhile() -> None:
        newcomer = scene.members["Cy"] = members.add(scene.owner, scene.id, "Cy")
        edited = scene.draft(700, "Bo", ["Cy"], day=date(2025, 1, 1))
        expenses.edit(scene.owner, scene.id, early[3], 1, edited)
        expenses.edit(scene.owner, scene.id, early[0], 1, scene.draft(5000, "Bo", ["Ann"]))
        assert newcomer

    text = exported(scene, form, between=meanwhile)

    if form == "json":
        found = json.loads(text)
        assert found["is_whole"] is False
        assert [one["amount"] for one in found["expenses"]] == [100, 200, 300, 900], (
            "who came later has no place"
        )
        assert sum(one["balance"] for one in found["balances"][0]["members"]) == 0
        return
    *lines, balance, notice = table(text)
    assert (notice["Kind"], notice["Title"]) == ("notice", CHANGED)
    for name in ("Ann", "Bo"):
        assert sum(Decimal(line[name]) for line in lines) == Decimal(balance[name])
    assert len(lines) == 4


@pytest.mark.parametrize("form", FORMS)
def test_a_change_of_what_is_written_already_is_told_too(world: World, form: str) -> None:
    scene = world.group("Ann", "Bo")
    first, *_ = [scene.add(100, "Ann") for _ in range(4)]

    text = exported(
        scene, form, between=lambda: expenses.edit(scene.owner, scene.id, first, 1, scene.draft(1, "Bo"))
    )

    assert ('"is_whole":false' if form == "json" else CHANGED) in text


def test_a_change_of_a_group_before_or_after_is_no_change_meanwhile(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for _ in range(4):
        scene.add(100, "Ann")
    groups.edit(scene.owner, scene.id, name="Porto", icon="home", currency="USD")

    assert CHANGED not in exported(scene, "csv")
    assert [line["Currency"] for line in table(exported(scene, "csv"))[-2:]] == ["USD", "EUR"]
