"""The states of pages: those of somebody who is in, and those of a stranger."""

from playwright.sync_api import expect

from tests.screenshots.tour import State, Tour, named


def groups(tour: Tour) -> None:
    tour.open("/")
    expect(tour.page.get_by_text("Lisbon 2026").first).to_be_visible()


def group_expenses(tour: Tour) -> None:
    tour.group("lisbon")


def group_balances(tour: Tour) -> None:
    tour.group("lisbon", "balances")


def group_settle(tour: Tour) -> None:
    tour.group("lisbon", "settle")


def group_insights(tour: Tour) -> None:
    tour.group("flat", "insights")


def group_more(tour: Tour) -> None:
    tour.group("lisbon", "more")


def long_expenses(tour: Tour) -> None:
    tour.group("long")


def long_balances(tour: Tour) -> None:
    tour.group("long", "balances")


def long_settle(tour: Tour) -> None:
    tour.group("long", "settle")


def long_insights(tour: Tour) -> None:
    tour.group("long", "insights")


def long_more(tour: Tour) -> None:
    tour.group("long", "more")


def fifty_expenses(tour: Tour) -> None:
    tour.group("many")


def fifty_balances(tour: Tour) -> None:
    tour.group("many", "balances")


def fifty_settle(tour: Tour) -> None:
    tour.group("many", "settle")


def fifty_more(tour: Tour) -> None:
    tour.group("many", "more")


def empty_expenses(tour: Tour) -> None:
    tour.group("empty")


def empty_balances(tour: Tour) -> None:
    tour.group("empty", "balances")


def empty_settle(tour: Tour) -> None:
    tour.group("empty", "settle")


def empty_insights(tour: Tour) -> None:
    tour.group("empty", "insights")


def alone(tour: Tour) -> None:
    tour.group("alone")


def even_expenses(tour: Tour) -> None:
    tour.group("even")


def even_settle(tour: Tour) -> None:
    tour.group("even", "settle")


def archived_group(tour: Tour) -> None:
    tour.group("archived")


def right_to_left(tour: Tour) -> None:
    tour.group("arabic")


def right_to_left_balances(tour: Tour) -> None:
    tour.group("arabic", "balances")


def search_found(tour: Tour) -> None:
    tour.open(f"{tour.scene.groups['lisbon']}?q=t")


def search_nothing(tour: Tour) -> None:
    tour.open(f"{tour.scene.groups['lisbon']}?q=no+such+thing&mine=1&category=hotel")


def activity(tour: Tour) -> None:
    tour.open("/activity")


def account(tour: Tour) -> None:
    tour.open("/you")


def deleted_groups(tour: Tour) -> None:
    tour.open("/deleted")


def not_found(tour: Tour) -> None:
    tour.page.goto("/no/such/page")


def offline_bar(tour: Tour) -> None:
    tour.group("lisbon")
    tour.context.set_offline(True)
    expect(tour.page.get_by_text(tour.say("Connection lost. Trying again…"))).to_be_visible()
    expect(tour.page.locator(".mc-here").filter(visible=True)).to_have_count(0)


def offline_page(tour: Tour) -> None:
    tour.open("/")
    tour.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tour.page.reload()
    tour.page.wait_for_function("window.did_handshake === true && navigator.serviceWorker.controller")
    tour.context.set_offline(True)
    tour.page.goto("/activity")
    expect(tour.page.get_by_role("button", name=tour.say("Try again"))).to_be_visible()


def groups_huge(tour: Tour) -> None:
    tour.open("/")


def offline_page_huge(tour: Tour) -> None:
    offline_page(tour)


def groups_empty(tour: Tour) -> None:
    tour.open("/")


def activity_empty(tour: Tour) -> None:
    tour.open("/activity")


def account_of_a_guest(tour: Tour) -> None:
    tour.open("/you")


def sign_in(tour: Tour) -> None:
    tour.open("/sign-in")


def sign_in_refused(tour: Tour) -> None:
    tour.open("/sign-in")
    tour.fill("E-mail", "alma@example.org")
    tour.fill("Password", "wrong")
    tour.press("Sign in")
    expect(tour.page.get_by_role("alert").first).to_be_visible()


def sign_up(tour: Tour) -> None:
    tour.open("/sign-up")


def sign_up_refused(tour: Tour) -> None:
    tour.open("/sign-up")
    tour.fill("Your name", "Alma")
    tour.fill("E-mail", "alma")
    tour.fill("Password", "short")
    tour.press("Make an account")
    expect(tour.page.get_by_role("alert").first).to_be_visible()


def join(tour: Tour) -> None:
    tour.open(tour.scene.links["new"])


def join_as_somebody(tour: Tour) -> None:
    tour.open(tour.scene.links["Di"])


def join_used(tour: Tour) -> None:
    tour.page.goto(tour.scene.links["used"])


def join_revoked(tour: Tour) -> None:
    tour.page.goto(tour.scene.links["revoked"])


def join_unknown(tour: Tour) -> None:
    tour.page.goto(tour.scene.links["unknown"])


_MAIN = (groups, group_expenses, group_balances, group_settle, group_insights, group_more, activity, account)
_OFFLINE = (offline_bar, offline_page)
_HUGE = (
    *(groups_huge, offline_page_huge, long_expenses, long_balances, long_settle, long_insights, long_more),
    *(fifty_expenses, fifty_balances, fifty_settle, fifty_more),
)
PAGES: list[State] = [
    *named(
        "alma",
        (
            *_MAIN,
            *(
                empty_expenses,
                empty_balances,
                empty_settle,
                empty_insights,
                alone,
                even_expenses,
                even_settle,
            ),
            *(archived_group, search_found, search_nothing),
            *(deleted_groups, not_found, *_OFFLINE),
        ),
        (*_MAIN, search_found, offline_page),
    ),
    *named("lou", (*_HUGE, right_to_left, right_to_left_balances), (right_to_left,)),
    *named("nobody", (groups_empty, activity_empty), ()),
    *named("em", (account_of_a_guest,), ()),
    *named(
        "",
        (
            *(sign_in, sign_in_refused, sign_up, sign_up_refused),
            *(join, join_as_somebody, join_used, join_revoked, join_unknown),
        ),
        (sign_in, sign_up, join),
    ),
]
"""Every state that is a page, in the order of the album."""
