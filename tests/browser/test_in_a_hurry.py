"""A phone in a hurry: what is meant is hit, one thing leads to the next, and what was said does not pile up."""

from collections.abc import Callable

from playwright.sync_api import expect

from mycount.services import invites
from tests.browser.person import Person
from tests.browser.stage import Stage


def test_whoever_is_somebody_else_types_their_name_at_once(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    fay = person(flat.server, "Fay", phone=True)
    fay.open(f"/join/{invites.make(flat.group.owner, flat.group.id).token}")
    fay.page.get_by_text("Somebody else").tap()
    name = fay.page.get_by_label("Your name in the group")
    expect(name).to_be_focused()
    fay.page.keyboard.type("Fay")
    fay.page.keyboard.press("Enter")
    expect(fay.page.get_by_role("heading", name="Lisbon 2026", level=1)).to_be_visible()


def test_a_word_that_leads_elsewhere_is_as_large_as_a_finger(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    flat.outside("Alma")  # with an account: without any, there is nothing to sign in to
    fay = person(flat.server, "Fay", phone=True)
    fay.open("/sign-up")
    box = fay.page.get_by_role("link", name="Sign in", exact=True).bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reached = "([x, y]) => document.elementFromPoint(x, y).closest('a')?.textContent"
    for up in (-21, 21):
        assert fay.page.evaluate(reached, [middle[0], middle[1] + up]) == "Sign in"


def test_on_a_phone_only_the_last_word_is_shown_and_the_last_that_can_be_undone(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma", phone=True)
    for amount, title in (("10", "Dinner"), ("20", "Taxi")):
        alma.add(amount, title)
    shown = alma.page.locator(".mc-toast").filter(visible=True)
    expect(shown).to_have_count(1)
    expect(shown.get_by_role("button", name="Undo")).to_be_visible()
    shown.get_by_role("button", name="Undo").tap()
    expect(alma.row("Taxi")).to_have_count(0)
    expect(alma.row("Dinner")).to_have_count(1)
