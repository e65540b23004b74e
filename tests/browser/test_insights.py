"""Insights in a browser: a chart that follows what others do, and leads to the list."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from mycount.domain.ledger import Kind
from mycount.services import members
from tests.browser.accessible import barriers
from tests.browser.stage import Stage
from tests.waiting import until

THIS_MONTH = date.today()
LAST_MONTH = THIS_MONTH.replace(day=1) - timedelta(days=1)


@pytest.fixture
def flat(stage: Callable[..., Stage]) -> Stage:
    """A group with expenses in two months."""
    flat = stage("Alma", "Bo", "Cy")
    flat.group.add(12_000, "Alma", title="Apartment", category="hotel", day=LAST_MONTH)
    flat.group.add(4_200, "Bo", ["Alma", "Bo"], title="Groceries", category="groceries", day=THIS_MONTH)
    flat.group.add(900, "Cy", currency="CHF", title="Fondue", category="restaurant", day=THIS_MONTH)
    flat.group.pay(1_000, "Bo", "Alma", day=THIS_MONTH)
    return flat


def test_the_sums_of_the_chart_lead_to_the_list(flat: Stage) -> None:
    alma = flat.enter("Alma", timezone_id="UTC")
    alma.tab("Insights")
    _drawn(alma.page)
    expect(alma.page.get_by_role("img", name="Spent in the last 6 months: €162.00 in all")).to_be_visible()

    alma.page.get_by_role("link", name="€120.00").first.focus()
    alma.page.keyboard.press("Enter")
    alma.sees("Apartment")
    expect(alma.row("Groceries")).to_have_count(0)

    alma.page.go_back()
    alma.page.get_by_role("link", name="Groceries").click()
    alma.sees("Groceries")
    expect(alma.row("Apartment")).to_have_count(0)

    alma.page.go_back()
    alma.page.get_by_role("link", name="Cy").click()
    alma.sees("Apartment")
    expect(alma.row("Groceries")).to_have_count(0)


def test_behind_a_sum_are_the_expenses_that_make_it_and_no_payments(flat: Stage) -> None:
    flat.group.add(600, "Cy", title="Refund", category="groceries", kind=Kind.INCOME, day=THIS_MONTH)
    alma = flat.enter("Alma", "insights", timezone_id="UTC")
    alma.page.get_by_role("link", name="€36.00").first.focus()
    alma.page.keyboard.press("Enter")
    status = alma.page.locator(".mc-finder-found [role=status]")
    expect(status).to_have_text("1 expense · €42.00 · 1 income · €6.00")
    alma.page.wait_for_url("**&spending=1")
    alma.page.get_by_role("button", name="Without payments").click()
    expect(status).to_contain_text("1 payment · €10.00")


def test_the_share_of_somebody_who_has_left_leads_to_their_expenses(flat: Stage) -> None:
    flat.group.pay(900, "Bo", "Alma", day=THIS_MONTH)
    flat.group.pay(300, "Bo", "Cy", currency="CHF", day=THIS_MONTH)
    flat.group.add(600, "Alma", ["Cy"], title="Without Bo", day=THIS_MONTH)
    members.remove(flat.group.owner, flat.group.id, flat.group.members["Bo"])
    assert [member.name for member in flat.group.see().former] == ["Bo"]
    alma = flat.enter("Alma", "insights", timezone_id="UTC")
    alma.page.get_by_role("link", name="Bo €").click()
    alma.sees("Groceries")
    expect(alma.row("Without Bo")).to_have_count(0)


def test_what_is_chosen_is_still_there_on_the_way_back(flat: Stage) -> None:
    alma = flat.enter("Alma", "insights", timezone_id="UTC")
    alma.page.get_by_role("radio", name="My share").click()
    alma.page.get_by_label("Period").select_option(label="All time")
    alma.page.get_by_label("Currency").select_option(label="CHF")
    expect(alma.page.get_by_text("Your share in all")).to_be_visible()
    alma.page.get_by_role("link", name="Restaurant").click()
    alma.sees("Fondue")
    alma.page.go_back()
    expect(alma.page.get_by_text("Your share in all")).to_be_visible()
    expect(alma.page.get_by_label("Currency")).to_have_value("1")
    expect(alma.page.get_by_role("radio", name="My share")).to_be_checked()


def test_what_somebody_else_adds_is_drawn_in_place(flat: Stage) -> None:
    alma, bo = (flat.enter(name, timezone_id="UTC") for name in ("Alma", "Bo"))
    alma.tab("Insights")
    _drawn(alma.page)
    alma.page.get_by_text("Show as table").first.click()
    table = alma.page.get_by_role("table", name="Spending by month")
    expect(table).to_be_visible()
    alma.stays()
    alma.page.evaluate("document.querySelector('.mc-months-chart').dataset.before = 1")

    bo.add("38", "Taxi to the airport")

    expect(alma.page.get_by_role("img", name="€200.00 in all")).to_be_visible()
    expect(table.get_by_role("row", name="Total")).to_contain_text("€200.00")
    expect(alma.page.locator(".mc-months-chart[data-before='1']")).to_have_count(1)
    alma.is_still_there()


def test_the_chart_follows_the_theme(flat: Stage) -> None:
    alma = flat.enter("Alma", "insights", color_scheme="light")
    _drawn(alma.page)
    until(lambda: "rgb(11, 110, 102)" in _colours(alma.page), "the brand's light colour")
    alma.page.emulate_media(color_scheme="dark")
    until(lambda: "rgb(53, 196, 179)" in _colours(alma.page), "the brand's dark colour")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_insights_have_no_barrier(flat: Stage, phone: bool) -> None:
    alma = flat.enter("Alma", "insights", phone=phone)
    _drawn(alma.page)
    assert barriers(alma) == []
    for word in alma.page.get_by_text("Show as table").all():
        word.click()
    alma.page.get_by_label("Period").select_option(label="Own dates")
    expect(alma.page.get_by_label("First day", exact=True)).to_be_visible()
    assert barriers(alma) == []


def test_on_the_smallest_phone_the_tab_is_in_view_and_its_choices_are_large_enough(flat: Stage) -> None:
    alma = flat.enter("Alma", "insights", phone=True, viewport={"width": 320, "height": 640})
    expect(alma.page.get_by_role("tab", name="Insights")).to_be_in_viewport(ratio=1)
    for choice in (alma.page.get_by_role("radio", name="My share"), alma.page.get_by_label("Period")):
        assert _reaches(choice) >= 44


@pytest.mark.parametrize("locale", ["en-GB", "ar-EG"])
def test_a_long_chart_begins_with_the_latest_month_and_fades_where_there_is_more(
    flat: Stage, locale: str
) -> None:
    for months in range(2, 38):
        day = THIS_MONTH.replace(day=1) - timedelta(days=30 * months)
        flat.group.add(1000 + months, "Alma", day=day)
    alma = flat.outside("Alma", phone=True, timezone_id="UTC", locale=locale)
    alma.open(f"{flat.path}/insights?period=all")
    _drawn(alma.page)
    chart = alma.page.locator(".mc-months")
    expect(chart).to_have_attribute("data-beyond", "earlier")
    chart.scroll_into_view_if_needed()
    expect(alma.page.locator(".mc-month").last).to_be_in_viewport(ratio=1)
    expect(chart).to_have_css("mask-image", re.compile("gradient"))
    chart.evaluate("(it) => it.scrollTo(it.scrollLeft / 2, 0)")
    expect(chart).to_have_attribute("data-beyond", "earlier later")
    chart.evaluate("(it) => it.scrollTo(0, 0)")
    expect(chart).to_have_attribute("data-beyond", "later")
    alma.open(f"{flat.path}/insights?period=6")
    expect(chart).to_have_attribute("data-beyond", "")
    expect(chart).to_have_css("mask-image", "none")


def _drawn(page: Page) -> None:
    expect(page.locator(".mc-month-plot i").first).to_be_attached()


def _colours(page: Page) -> set[str]:
    fills = "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    return {*page.locator(".mc-month-plot i").evaluate_all(fills)}


def _reaches(choice: Locator) -> int:
    """Tell how high the area is in which a press is heard by a choice."""
    height: int = choice.evaluate(
        """(it) => {
            const at = it.getBoundingClientRect(), x = at.x + at.width / 2, middle = at.y + at.height / 2;
            const heard = (y) => {
                const hit = document.elementFromPoint(x, y);
                return it.contains(hit) || hit?.closest(".mc-field--chip")?.contains(it);
            };
            let up = 0, down = 0;
            while (heard(middle - up - 1)) up++;
            while (heard(middle + down + 1)) down++;
            return up + down + 1;
        }"""
    )
    return height
