"""What one person does is on the screens of the others within a moment, on every page that shows it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.stage import Stage


def test_what_one_adds_or_pays_is_on_every_open_page_of_the_other_and_back(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Cy")
    alma, bo = _Screens(flat, "Alma"), _Screens(flat, "Bo")

    alma.list.front().add("30", "Dinner")
    bo.see("Dinner", bar="Alma +€20.00", transfer="You pay Alma")
    bo.list.front().add("90", "Boat")
    alma.see("Boat", bar="Bo +€50.00", transfer="You pay Bo")

    _pay(bo.settle, "Cy pays you")
    alma.list.sees("Cy paid Bo")
    expect(alma.settle.page.get_by_text("1 payment makes everybody even")).to_be_visible()
    _pay(alma.settle, "You pay Bo")
    expect(bo.settle.page.get_by_text("Everybody is even.")).to_be_visible()
    expect(bo.balances.page.get_by_text("You are even")).to_have_count(2)
    expect(bo.home.page.get_by_role("link", name="Lisbon 2026")).to_contain_text("Alma → Bo")
    for one in (*alma.all, *bo.all):
        one.is_still_there()


def test_who_else_is_looking_is_shown_as_they_come_and_go(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo", "Cy")
    alma = flat.enter("Alma")
    expect(alma.here()).to_be_hidden()

    bo = flat.enter("Bo", phone=True)
    expect(alma.here()).to_have_text("Bo is here")
    expect(bo.here()).to_have_text("Alma")
    second = bo.another(f"{flat.path}/balances")
    cy = flat.enter("Cy", "balances")
    expect(alma.here()).to_have_text("Bo and Cy are here")
    expect(cy.here()).to_have_text("Alma and Bo are here")

    cy.open("/")
    expect(alma.here()).to_have_text("Bo is here")
    second.page.close()
    expect(bo.here()).to_have_text("Alma")
    expect(alma.here()).to_have_text("Bo is here")
    bo.page.close()
    expect(alma.here()).to_be_hidden()


def test_what_is_changed_about_the_group_is_on_the_screens_of_the_others(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    alma, bo = flat.enter("Alma", "more"), flat.enter("Bo")
    bo.stays()

    alma.press("Settings")
    settings = alma.sheet("Settings")
    settings.get_by_label("Name", exact=True).fill("Porto 2027")
    settings.get_by_role("button", name="Save").click()
    expect(bo.page.get_by_role("heading", name="Porto 2027", level=1)).to_be_visible()

    alma.press("Add a name")
    person = alma.sheet("Add a name")
    person.get_by_label("Name").fill("Cy")
    person.get_by_label("Name").press("Enter")
    expect(bo.page.get_by_text("3 people · EUR")).to_be_visible()
    person.get_by_role("button", name="Close").click()

    alma.press("Settings")
    alma.sheet("Settings").get_by_role("button", name="Archive the group").click()
    expect(bo.page.get_by_text("This group is archived.")).to_be_visible()
    expect(bo.page.get_by_role("button", name="Add expense").filter(visible=True)).to_have_count(0)
    alma.undo("The group is archived")
    expect(bo.page.get_by_role("button", name="Add expense").filter(visible=True)).to_have_count(1)
    bo.is_still_there()


class _Screens:
    """One person with every page open that shows the group."""

    def __init__(self, flat: Stage, name: str) -> None:
        self.list = flat.enter(name)
        self.balances = self.list.another(f"{flat.path}/balances")
        self.settle = self.list.another(f"{flat.path}/settle")
        self.home = self.list.another("/")
        self.all = (self.list, self.balances, self.settle, self.home)
        for one in self.all:
            one.stays()

    def see(self, title: str, *, bar: str, transfer: str) -> None:
        """Expect an expense that leaves this person owing €10."""
        self.list.sees(title)
        expect(self.balances.page.get_by_role("button", name=bar)).to_be_visible()
        expect(self.settle.page.get_by_role("tabpanel")).to_contain_text(transfer)
        card = self.home.page.get_by_role("link", name="Lisbon 2026")
        expect(card).to_contain_text(title)
        expect(card).to_contain_text("you pay€10.00")


def _pay(person: Person, said: str) -> None:
    person.front().press(f"Mark as paid: {said}")
    sheet = person.sheet("Record a payment")
    sheet.get_by_role("button", name="Save payment").click()
    expect(sheet).to_be_hidden()
