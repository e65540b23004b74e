"""Whether what is shown has room on the screen."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import expect

from mycount.services import invites
from tests.browser.person import Person
from tests.browser.stage import Stage

SMALLEST: Final = {"viewport": {"width": 320, "height": 640}}
"""The smallest screen there is."""

_TOO_WIDE: Final = """() => {
    const page = document.scrollingElement;
    const moves = (it) => it === page || /auto|scroll/.test(getComputedStyle(it).overflowX);
    return [page, ...document.querySelectorAll("body *")]
        .filter((it) => it.checkVisibility() && !it.closest(".mc-tabs,.mc-seg,.mc-chips,.mc-only-read"))
        .filter((it) => !it.closest(".nicegui-error-popup")) // of these we show none
        .filter((it) => {
            const { left, right } = it.getBoundingClientRect();
            return left < -1 || right > page.clientWidth + 1 || (it.scrollWidth > it.clientWidth && moves(it));
        })
        .map((it) => it.outerHTML.slice(0, 160));
}"""


def fits(person: Person) -> None:
    """Assert that nothing is beyond an edge or can be moved sideways, but for rows of tabs and chips."""
    wide = person.page.evaluate(_TOO_WIDE)
    assert wide == [], f"wider than the screen at {person.page.url}: {wide}"


def everything_fits(
    flat: Stage, person: Callable[..., Person], say: Callable[[str], str] = str, **options: object
) -> None:
    """Assert that no page and no sheet of the group, in which there is an expense "Fondue", is wider than a phone.

    `say` puts an English sentence into the language in which the pages are.
    """
    alma = flat.enter("Alma", phone=True, **SMALLEST, **options)
    expect(alma.page.get_by_role("tab", name=say("Balances"))).to_be_attached()
    fits(alma)
    alma.press(say("Add expense"))
    for mode in ("Shares", "Percent", "Amounts", "Adjust"):
        alma.sheet(say("Add expense")).get_by_role("radio", name=say(mode)).click()
        fits(alma)
    _fits_and_closes(alma, say("Add expense"), say)
    alma.press(say("Invite"))
    _fits_and_closes(alma, say("Invite to {group}").format(group="Lisbon 2026"), say)
    alma.row("Fondue").get_by_role("button").click()
    _fits_and_closes(alma, "Fondue", say)
    for view in ("Balances", "Settle up", "Insights", "More"):
        alma.tab(say(view))
        fits(alma)
    alma.press(say("Settings"))
    _fits_and_closes(alma, say("Settings"), say)
    for address in ("/", "/activity", "/you", "/deleted"):
        alma.open(address)
        fits(alma)
    stranger = person(flat.server, "Fay", phone=True, **SMALLEST, **options)
    for address in ("/sign-in", "/sign-up", f"/join/{invites.make(flat.group.owner, flat.group.id).token}"):
        stranger.open(address)
        fits(stranger)
    stranger.page.goto("/no/such/page")
    fits(stranger)


def _fits_and_closes(person: Person, name: str, say: Callable[[str], str]) -> None:
    sheet = person.sheet(name)
    expect(sheet.locator(".mc-sheet")).to_have_css("transform", "none")
    fits(person)
    sheet.get_by_role("button", name=say("Close")).click()
    expect(sheet).to_be_hidden()
