"""The states that are sheets: forms, details, explanations."""

import re

from playwright.sync_api import expect

from tests.screenshots.tour import State, Tour, named


def _add(tour: Tour, amount: str, mode: str = "", title: str = "Dinner at Ponto Final") -> None:
    tour.group("lisbon")
    tour.press("Add expense")
    tour.sheet()
    tour.fill("Amount", amount)
    tour.fill("What for", title)
    if mode:
        tour.choose(mode)


def _typed(tour: Tour, *values: str) -> None:
    fields = tour.sheet().locator(".mc-split input[inputmode], .mc-split input[type=text]")
    for number, value in enumerate(values):
        fields.nth(number).fill(value)


def add_empty(tour: Tour) -> None:
    tour.group("lisbon")
    tour.press("Add expense")
    tour.sheet()


def add_errors(tour: Tour) -> None:
    add_empty(tour)
    tour.press("Save expense")
    expect(tour.sheet().get_by_role("alert").first).to_be_visible()


def add_equally(tour: Tour) -> None:
    _add(tour, "184.50")


def add_shares(tour: Tour) -> None:
    _add(tour, "184.50", "Shares")
    _typed(tour, "2", "1", "1")


def add_percent(tour: Tour) -> None:
    _add(tour, "184.50", "Percent")
    _typed(tour, "40", "30")


def add_amounts_off(tour: Tour) -> None:
    _add(tour, "184.50", "Amounts")
    _typed(tour, "100", "50.20")


def add_amounts_wrong(tour: Tour) -> None:
    _add(tour, "184.50", "Amounts")
    _typed(tour, "100", "abc", "200")
    tour.press("Save expense")


def add_adjusted(tour: Tour) -> None:
    _add(tour, "184.50", "Adjust")
    _typed(tour, "10", "-5")


def add_several_payers(tour: Tour) -> None:
    _add(tour, "12+30*2")
    tour.page.get_by_label(tour.say("Paid by")).select_option(label=tour.say("Several"))
    tour.sheet().get_by_role("textbox", name=re.compile("Bo")).first.fill("20")


def add_alike(tour: Tour) -> None:
    _add(tour, "24", title="Tickets")
    expect(tour.sheet().locator(".mc-alike")).not_to_be_empty()


def add_fifty(tour: Tour) -> None:
    tour.group("many")
    tour.press("Add expense")
    tour.sheet()
    tour.fill("Amount", "1250")


def add_long(tour: Tour) -> None:
    tour.group("long")
    tour.press("Add expense")
    tour.sheet()
    tour.fill("Amount", "9999999999.99")


def category(tour: Tour) -> None:
    add_equally(tour)
    tour.sheet().get_by_role("button", name=re.compile(tour.say("Category"))).first.click()
    tour.sheet()


def payment(tour: Tour) -> None:
    tour.group("lisbon", "settle")
    tour.press("Mark as paid")
    tour.sheet()


def expense(tour: Tour) -> None:
    _open_row(tour, "Tasting menu")


def expense_of_payment(tour: Tour) -> None:
    tour.group("lisbon")
    tour.page.get_by_role("listitem").filter(has_text=re.compile("5[0٠]")).get_by_role("button").last.click()
    tour.sheet()


def expense_long(tour: Tour) -> None:
    tour.group("long")
    tour.page.locator(".mc-exp").first.click()
    tour.sheet()


def edit(tour: Tour) -> None:
    _open_row(tour, "Tasting menu")
    tour.press("Edit", tour.sheet())
    expect(tour.page.get_by_label(tour.say("What for")).last).to_have_value("Tasting menu")


def conflict(tour: Tour) -> None:
    """Leaves the title in turns, so that there is something to tell of in every size."""
    row = tour.page.locator(".mc-exp-title").filter(has_text=re.compile("Ponto Final"))
    tour.group("lisbon")
    title = row.inner_text()
    tour.page.locator(".mc-exp").filter(has=row).first.click()
    tour.sheet()
    tour.press("Edit", tour.sheet())
    expect(tour.page.get_by_label(tour.say("What for")).last).to_have_value(title)
    tour.scene.change_dinner(
        "Supper at Ponto Final" if title.startswith("Dinner") else "Dinner at Ponto Final"
    )
    tour.fill("Amount", "190")
    tour.fill("What for", "Fish at Ponto Final")
    tour.press("Save expense")
    said = tour.say("{name} changed this meanwhile", name="Em")
    expect(tour.page.get_by_role("dialog", name=said)).to_be_visible()
    tour.sheet()


def why(tour: Tour) -> None:
    tour.group("lisbon", "balances")
    tour.page.get_by_role("tabpanel").get_by_role("button", name=re.compile("Bo")).first.click()
    tour.sheet()


def invite(tour: Tour) -> None:
    tour.group("lisbon", "more")
    tour.press("Invite")
    tour.sheet()


def invite_link(tour: Tour) -> None:
    invite(tour)
    tour.press("Make the link", tour.sheet())
    expect(tour.page.get_by_alt_text(tour.say("QR code of the invite link"))).to_be_visible()


def new_group(tour: Tour) -> None:
    tour.open("/")
    tour.press("New group")
    tour.sheet()


def settings(tour: Tour) -> None:
    _from_more(tour, "Settings")


def deleted_expenses(tour: Tour) -> None:
    _from_more(tour, "Deleted expenses")


def history(tour: Tour) -> None:
    _from_more(tour, "History")


def person(tour: Tour) -> None:
    _from_more(tour, "Bo")


def add_a_name(tour: Tour) -> None:
    _from_more(tour, "Add a name")


def filter_category(tour: Tour) -> None:
    _filter(tour, "Category")


def filter_dates(tour: Tour) -> None:
    _filter(tour, "Dates")


def shortcuts(tour: Tour) -> None:
    tour.group("lisbon")
    tour.page.keyboard.press("?")
    tour.sheet()


def change_name(tour: Tour) -> None:
    tour.open("/you")
    tour.press("Name")
    tour.sheet()


def change_password(tour: Tour) -> None:
    tour.open("/you")
    tour.press("Password")
    tour.sheet()


def _open_row(tour: Tour, title: str) -> None:
    tour.group("lisbon")
    tour.page.get_by_role("listitem").filter(has_text=title).get_by_role("button").click()
    tour.sheet()


def _from_more(tour: Tour, words: str) -> None:
    tour.group("lisbon", "more")
    tour.press(words, tour.page.get_by_role("tabpanel"))
    tour.sheet()


def _filter(tour: Tour, words: str) -> None:
    tour.open(f"{tour.scene.groups['lisbon']}?q=t")
    tour.press(words)
    tour.sheet()


_MAIN = (
    add_empty,
    add_errors,
    add_percent,
    add_amounts_off,
    payment,
    expense,
    edit,
    why,
    invite_link,
    new_group,
)
SHEETS: list[State] = [
    *named("lou", (add_fifty, add_long, expense_long), ()),
    *named(
        "alma",
        (
            *(
                add_empty,
                add_errors,
                add_equally,
                add_shares,
                add_percent,
                add_amounts_off,
                add_amounts_wrong,
            ),
            *(add_adjusted, add_several_payers, add_alike, category, payment),
            *(expense, expense_of_payment, edit, conflict, why, invite, invite_link, new_group),
            *(settings, deleted_expenses, history, person, add_a_name, filter_category, filter_dates),
            *(shortcuts, change_name, change_password),
        ),
        _MAIN,
    ),
]
"""Every state that is a sheet, in the order of the album."""
