"""Whatever people write is shown as text, on every page and sheet: nothing of it becomes markup, or is run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from mycount.db.tables import GroupRow
from mycount.services import invites
from tests.browser.person import Person
from tests.browser.stage import Stage

PAYLOADS = (
    "<script data-ran>ran=1</script>",
    "<img data-ran src=x onerror=ran=1>",
    "<svg data-ran onload=ran=1>",
    "javascript:ran=1//",
    "{{ constructor.constructor('ran=1')() }}",
    "\"' data-ran onfocus=ran=1 autofocus x='",
    "`-ran=1-`${ran=1}",
    "</script><i data-ran>",
    "&lt;b data-ran&gt;&#60;b data-ran&#62;",
    "<style data-ran>body{display:none}</style>",
    "--></title><b data-ran>",
)
"""None is longer than a name may be, and all leave something to be found if they are taken for more than text."""

_TAKEN_FOR_MORE = "() => [...document.querySelectorAll('[data-ran]')].map((it) => it.outerHTML)"


def clean(page: Page) -> None:
    """Assert that nothing was run, and that nothing that somebody wrote is an element or an attribute."""
    assert page.evaluate(_TAKEN_FOR_MORE) == [], page.url
    assert page.evaluate("typeof window.ran") == "undefined", page.url
    assert page.locator("[href^='javascript:']").count() == 0, page.url


@pytest.fixture
def trip(stage: Callable[..., Stage]) -> Stage:
    """A group in which everything that can be named has a name that would like to be more."""
    trip = stage("Alma", *PAYLOADS)
    group = trip.group
    trip.world.run(update(GroupRow).where(GroupRow.id == group.id).values(name=PAYLOADS[1]))
    for number, payload in enumerate(PAYLOADS):
        group.add(1000 + number, "Alma", title=payload, note="\n".join(PAYLOADS))
        invites.make(group.owner, group.id, label=payload)
    group.pay(500, PAYLOADS[2], "Alma")
    trip.world.device(group.owner, PAYLOADS[1])
    return trip


def test_what_people_write_is_text_on_every_page_and_sheet(trip: Stage) -> None:
    alma = trip.enter("Alma", phone=True)
    for payload in PAYLOADS:
        expect(alma.page.get_by_text(payload, exact=True).first).to_be_attached()
    clean(alma.page)
    alma.row(PAYLOADS[0]).get_by_role("button").click()
    _clean_and_closes(alma)
    alma.press("Add expense")
    sheet = alma.sheet("Add expense")
    sheet.get_by_label("What for").fill(PAYLOADS[5])
    sheet.get_by_label("Amount").fill("10.05")
    _clean_and_closes(alma)
    for view in ("Balances", "Settle up", "Insights", "More"):
        alma.tab(view)
        clean(alma.page)
    for entry in ("History", "Settings", "Invite"):
        alma.press(entry)
        _clean_and_closes(alma)
    for address in ("/", "/activity", "/you", "/deleted", f"{trip.path}?q=%3Cimg%20data-ran%3E"):
        alma.open(address)
        clean(alma.page)
    assert alma.errors == []


def test_what_people_write_is_text_before_the_program_arrives_and_for_whoever_is_invited(
    trip: Stage, person: Callable[..., Person]
) -> None:
    alma = trip.outside("Alma")
    alma.page.route("**/*.js*", lambda route: route.abort())  # what is left is what the server has written
    for address in (trip.path, "/", "/no/such/%3Cimg%20data-ran%3E"):
        alma.page.goto(address, wait_until="domcontentloaded")
        clean(alma.page)
    stranger = person(trip.server, "Fay")
    stranger.open(f"/join/{invites.make(trip.group.owner, trip.group.id).token}")
    expect(stranger.page.get_by_text(PAYLOADS[1]).first).to_be_visible()
    clean(stranger.page)


def test_one_title_that_is_not_taken_for_text_is_noticed(trip: Stage) -> None:
    alma = trip.enter("Alma")
    alma.page.evaluate("(html) => document.querySelector('.mc-exp-title').innerHTML = html", PAYLOADS[7])
    with pytest.raises(AssertionError):
        clean(alma.page)


def _clean_and_closes(person: Person) -> None:
    sheet = person.page.get_by_role("dialog").last
    expect(sheet).to_be_visible()
    clean(person.page)
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
