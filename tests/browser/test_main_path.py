"""Two people, one on a desktop and one on a phone, from nothing to a settled group."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.server import Server

PEOPLE = ("Bo", "Cy", "Di", "Em")


def test_two_people_share_a_group_from_the_first_account_to_even(
    server: Server, person: Callable[..., Person]
) -> None:
    alma, bo = person(server, "Alma"), person(server, "Bo", phone=True)
    alma.sign_up()
    alma.new_group("Lisbon 2026", *PEOPLE)
    bo.join(alma.invite(), choose="Bo")
    expect(alma.page.get_by_text("Bo is here")).to_be_visible()

    _add_ten(alma, bo)
    bo.sees("Dinner at Ponto Final", "€184.50", "+€147.60")
    alma.sees("Pastéis de Belém", "6 : 4 : 2 by shares")

    _edit(bo, "Tram 28 tickets", amount="20")
    alma.sees("Tram 28 tickets", "€20.00")

    _delete(alma, "Museum")
    expect(bo.row("Museum")).to_be_hidden()
    alma.undo("Deleted “Museum”")
    bo.sees("Museum")

    _settle(alma)
    bo.tab("Settle up")
    expect(bo.page.get_by_text("Everybody is even. Nobody owes")).to_be_visible()
    assert server.run("check").stdout.startswith("The books are sound")
    assert alma.errors == bo.errors == []


def _add_ten(alma: Person, bo: Person) -> None:
    alma.add("640", "Apartment, 4 nights", payers={"You": "400", "Di": "240"})
    bo.add("184.50", "Dinner at Ponto Final")
    alma.add("15.50", "Tram 28 tickets", payers="You")
    bo.add(
        "16.20",
        "Pastéis de Belém",
        mode="Shares",
        without=("Di", "Em"),
        typed={"Alma": "6", "You": "4", "Cy": "2"},
    )
    alma.add(
        "110",
        "Fado evening",
        mode="Percent",
        typed={"You": "30", "Bo": "20", "Cy": "20", "Di": "15", "Em": "15"},
    )
    alma.add(
        "234",
        "Tasting menu",
        mode="Amounts",
        typed={"You": "46.80", "Bo": "70.20", "Cy": "23.40", "Di": "46.80", "Em": "46.80"},
    )
    bo.add("47.35", "Groceries", mode="Adjust", typed={"Di": "3.50", "Em": "-3.50"})
    alma.add("12.50+3*4.20", "Drinks")
    bo.add("100/3", "Boat trip")
    alma.add("9", "Museum", payers="Cy", without=("Em",))
    for person in (alma, bo):
        for title in ("Apartment, 4 nights", "Fado evening", "Groceries", "Drinks", "Boat trip", "Museum"):
            person.sees(title)


def _edit(person: Person, title: str, *, amount: str) -> None:
    person.row(title).get_by_role("button").click()
    person.press("Edit")
    sheet = person.sheet("Edit")
    sheet.get_by_label("Amount").fill(amount)
    sheet.get_by_role("button", name="Save expense").click()
    expect(sheet).to_be_hidden()


def _delete(person: Person, title: str) -> None:
    person.row(title).get_by_role("button").click()
    person.press("Delete")
    expect(person.row(title)).to_be_hidden()


def _settle(person: Person) -> None:
    person.tab("Settle up")
    paid = person.page.get_by_role("tabpanel").get_by_role("button", name="Mark as paid")
    left = paid.count()
    assert left > 0
    while left:
        paid.first.click()
        person.page.get_by_role("dialog").get_by_role("button", name="Save payment").click()
        expect(person.page.get_by_role("dialog")).to_have_count(0)  # the row may go before the sheet has
        left -= 1
        expect(paid).to_have_count(left)
