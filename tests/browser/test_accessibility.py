"""Nobody is kept out: axe-core finds nothing serious on any page and sheet, in light and in dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mycount.domain.split import Mode
from mycount.services import expenses, invites
from tests.browser.accessible import barriers
from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.server import Server


@pytest.fixture
def flat(stage: Callable[..., Stage]) -> Stage:
    """A group with something of every kind in it."""
    flat = stage("Alma", "Bo", "Cy", "Di")
    flat.group.add(12000, "Alma", title="Apartment", note="With a view")
    flat.group.add(4200, {"Bo": 2200, "Cy": 2000}, {"Alma": 1, "Bo": 2}, mode=Mode.SHARES, title="Groceries")
    flat.group.add(900, "Di", currency="CHF", title="Fondue")
    flat.group.pay(1000, "Bo", "Alma")
    expenses.delete(flat.group.owner, flat.group.id, flat.group.add(700, "Alma", title="Museum"))
    invites.make(flat.group.owner, flat.group.id, label="Fay")
    return flat


def test_whoever_comes_in_finds_no_barrier(
    flat: Stage, sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat.outside("Alma")  # with an account: without any, signing in leads to making the first
    fay = person(sqlite_server, "Fay", reduced_motion="reduce")
    invite = invites.make(flat.group.owner, flat.group.id)
    for address in ("/sign-in", "/sign-up", f"/join/{invite.token}"):
        fay.open(address)
        assert barriers(fay) == []
    fay.page.goto("/join/no-such-link")
    assert barriers(fay) == []
    fay.open("/sign-in")
    fay.press("Sign in")
    expect(fay.page.get_by_role("alert").first).to_be_visible()
    assert barriers(fay) == []


def test_no_page_of_somebody_who_is_in_has_a_barrier(flat: Stage) -> None:
    alma = flat.outside("Alma")
    for address in ("/", "/activity", "/you", "/deleted"):
        alma.open(address)
        assert barriers(alma) == []
    alma.page.goto("/no/such/page")
    assert barriers(alma) == []
    alma.open(flat.path)
    assert barriers(alma) == []
    for view in ("Balances", "Settle up", "Insights", "More"):
        alma.tab(view)
        assert barriers(alma) == []


def test_no_sheet_has_a_barrier(flat: Stage) -> None:
    alma = flat.enter("Alma", "more")
    for name, title in (
        ("Settings", "Settings"),
        ("Deleted expenses", "Deleted expenses"),
        ("History", "History"),
        ("Invite", "Invite to Lisbon 2026"),
        ("Add a name", "Add a name"),
        ("Bo Member", "Bo"),
    ):
        alma.press(name)
        _look_and_close(alma, title)
    alma.press("Invite")
    alma.sheet("Invite to Lisbon 2026").get_by_role("button", name="Make the link").click()
    expect(alma.page.get_by_role("button", name="Share link")).to_be_visible()
    _look_and_close(alma, "Invite to Lisbon 2026")
    alma.tab("Settle up")
    alma.press("Mark as paid")
    _look_and_close(alma, "Record a payment")
    alma.tab("Balances")
    alma.page.get_by_role("tabpanel").get_by_role("button", name=re.compile("^Bo")).first.click()
    _look_and_close(alma, "Why this balance of Bo?")
    alma.tab("Expenses")
    alma.row("Apartment").get_by_role("button").click()
    _look_and_close(alma, "Apartment")
    alma.open("/")
    alma.press("New group")
    _look_and_close(alma, "New group")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_form_has_no_barrier_however_it_is_filled_in(flat: Stage, phone: bool) -> None:
    alma = flat.enter("Alma", phone=phone)
    sheet = alma.begin_expense()
    assert barriers(alma) == []
    sheet.get_by_role("button", name="Save expense").click()
    expect(sheet.get_by_role("alert").first).to_be_visible()
    sheet.get_by_label("Amount").fill("30+3")
    sheet.get_by_label("Paid by").select_option(label="Several")
    sheet.get_by_role("radio", name="Percent").click()
    sheet.get_by_role("textbox", name="You, percent").fill("60")
    expect(sheet.get_by_text("€19.80", exact=True)).to_be_visible()
    assert barriers(alma) == []
    sheet.get_by_role("button", name=re.compile("^Category")).click()
    expect(alma.sheet("Category")).to_be_visible()
    assert barriers(alma) == []


def _look_and_close(person: Person, title: str) -> None:
    sheet = person.sheet(title)
    assert barriers(person) == []
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()


def test_bars_and_what_is_chosen_are_seen_in_forced_colours(flat: Stage) -> None:
    alma = flat.enter("Alma", "balances", phone=True, forced_colors="active")
    ground = alma.page.locator("body").evaluate(_GROUND)
    assert alma.page.locator(".mc-bar i").first.evaluate(_GROUND) != ground
    kinds = alma.begin_expense().get_by_role("radiogroup", name="Kind").get_by_role("radio")
    assert {kind.evaluate("(it) => getComputedStyle(it).borderTopColor") for kind in kinds.all()} == {ground}


_GROUND = "(it) => getComputedStyle(it).backgroundColor"


def test_a_start_without_groups_has_no_empty_lists(
    sqlite_server: Server, person: Callable[..., Person]
) -> None:
    fay = person(sqlite_server, "Fay")
    fay.sign_up()
    assert fay.page.get_by_role("list").count() == 0
