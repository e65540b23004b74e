"""Languages can be chosen, numbers are typed as in one's region, and Arabic runs from the right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from mycount.domain.language import LANGUAGES
from pages.language import CATALOGS, catalog
from tests.browser.fitting import fits
from tests.browser.person import Person
from tests.browser.stage import Stage

ARABIC = {"locale": "ar-EG"}
LATIN = [code for code in LANGUAGES[1:] if code not in ("ja", "ar")]
SMALL = {"viewport": {"width": 320, "height": 640}}


def test_a_stranger_chooses_a_language_and_keeps_it_until_their_account_says_another(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    group = stage("Alma")
    known = group.outside("Alma", locale="nl-NL")
    alma = person(group.server, "Alma", locale="nl-NL")
    alma.open("/sign-in")
    choice = alma.page.get_by_role("combobox", name="Taal")
    assert {"Deutsch", "Nederlands", "日本語", "العربية"} <= set(choice.locator("option").all_inner_texts())
    choice.select_option(label="Deutsch")
    expect(alma.page.get_by_role("heading", name="Anmelden")).to_be_visible()
    alma.open("/sign-up")
    expect(alma.page.get_by_role("heading", name="Konto anlegen")).to_be_visible()
    alma.page.goto("/no/such/page")
    expect(alma.page.locator("html")).to_have_attribute("lang", "de")

    known.page.context.add_cookies(alma.page.context.cookies())  # type: ignore[arg-type]
    known.open("/you")
    expect(known.page.get_by_role("heading", name="Geräte")).to_be_visible()
    known.page.get_by_label("Sprache").select_option(label="Français")
    expect(known.page.get_by_role("heading", name="Appareils")).to_be_visible()
    known.ready()
    known.page.get_by_label("Langue").select_option(
        value="0"
    )  # as the browser: the device's choice is over too
    expect(known.page.get_by_role("heading", name="Apparaten")).to_be_visible()


def test_a_guest_chooses_a_language(stage: Callable[..., Stage]) -> None:
    fay = stage("Alma", "Fay").outside("Fay", guest=True)
    fay.open("/you")
    fay.page.get_by_label("Language").select_option(label="Polski")
    expect(fay.page.locator("html")).to_have_attribute("lang", "pl")
    fay.ready()
    expect(fay.page.get_by_role("combobox", name="Język")).to_be_focused()


def test_the_focus_goes_back_to_where_the_language_was_chosen_once(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    fay = person(stage("Alma").server, "Fay")
    fay.open("/sign-in")
    fay.page.get_by_label("Language").select_option(label="Deutsch")
    expect(fay.page.get_by_role("combobox", name="Sprache")).to_be_focused()
    fay.page.reload()
    fay.ready()
    expect(fay.page.get_by_role("combobox", name="Sprache")).not_to_be_focused()


@pytest.mark.parametrize(
    ("locale", "typed", "shown", "again"),
    [
        ("de-DE", "1.234,50", "1.234,50 €", "1234,50"),
        ("fr-FR", "1\u202f234,50", "1\u202f234,50 €", "1234,50"),
        ("pl-PL", "1 234,5", "1 234,50 €", "1234,50"),
        ("ja-JP", "１２３４．５", "€1,234.50", "1234.50"),
        ("ar-EG", "١٬٢٣٤٫٥", "١٬٢٣٤٫٥٠ €", "١٢٣٤٫٥٠"),
        ("ar-MA", "1.234,50", "1.234,50 €", "1234,50"),
        ("ar-EG", "۱۲۳۴.۵", "١٬٢٣٤٫٥٠ €", "١٢٣٤٫٥٠"),
        ("sv-SE", "1 234,50", "1 234,50 €", "1234,50"),
    ],
)
def test_an_amount_is_typed_shown_and_edited_as_in_ones_region(
    stage: Callable[..., Stage], locale: str, typed: str, shown: str, again: str
) -> None:
    words = catalog(locale[:2]).gettext
    bo = stage("Alma", "Bo").enter("Bo", locale=locale)
    bo.add(typed, "Museum")
    bo.sees("Museum", _spaced(shown))

    bo.row("Museum").get_by_role("button").click()
    bo.sheet("Museum").get_by_role("button", name=words("Edit")).click()
    sheet = bo.sheet(words("Edit expense"))
    expect(sheet.get_by_label(words("Amount"))).to_have_value(again)
    sheet.get_by_role("radio", name=words("Shares")).click()
    sheet.get_by_role("textbox", name=re.compile("^Alma")).fill("٢٫٥" if locale[:2] == "ar" else "2.5")
    expect(sheet.locator(".mc-split-part", has_text="٨٨١" if "٫" in again else "881")).to_be_visible()
    sheet.get_by_role("button", name=words("Save expense")).click()
    expect(sheet).to_be_hidden()
    bo.sees("Museum", _spaced(shown))


def test_an_amount_counts_in_the_digits_around_it(stage: Callable[..., Stage]) -> None:
    group = stage("Alma", "Bo")
    alma = group.enter("Alma", **ARABIC)
    bo = group.enter("Bo", reduced_motion="no-preference", **ARABIC)
    amount = bo.page.locator(".mc-amount").filter(visible=True).first
    bo.page.evaluate(
        """() => {
            window.seen = [];
            const look = () => seen.push(...[...document.querySelectorAll(".mc-amount")].map((it) => it.textContent));
            new MutationObserver(look).observe(document.body, {childList: true, characterData: true, subtree: true});
        }"""
    )
    for typed, more in (("١٠", "٥٫٠٠"), ("٩٨٧٦٫٥٤", "٤٬٩٤٣٫٢٧")):
        alma.add(typed, "عشاء")
        expect(amount).to_contain_text(more)
    seen = bo.page.evaluate("seen")
    assert len(set(seen)) > 3, "it is seen to count"
    assert [text for text in seen if re.search("[0-9]", text)] == []


def test_arabic_runs_from_the_right_on_every_page_and_nothing_is_wider_than_a_small_phone(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    words = catalog("ar").gettext
    group = stage("Alma", "Bo", "ليلى")
    group.group.add(1234, "Bo", title="Café (grande)!")
    group.group.add(9900, "ليلى", title="عشاء")
    alma = group.enter("Alma", phone=True, **ARABIC, **SMALL)
    expect(alma.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(alma.page.locator("html")).to_have_attribute("lang", "ar")
    add = alma.page.get_by_role("button", name=words("Add expense")).filter(visible=True)
    assert _middle(add) < 160, "the button for an expense is at the end of the line"
    title = alma.page.locator(".mc-exp-title", has_text="Café")
    assert _starts_right(title), "a title in Latin letters stands where the page begins"
    for view in ("Balances", "Settle up", "Insights", "More"):
        alma.tab(words(view))
        fits(alma)
    for address in ("/", "/activity", "/you", "/deleted"):
        alma.open(address)
        fits(alma)
    stranger = person(group.server, "Fay", phone=True, **ARABIC, **SMALL)
    for address in ("/sign-in", "/sign-up"):
        stranger.open(address)
        expect(stranger.page.locator("html")).to_have_attribute("dir", "rtl")
        fits(stranger)
    stranger.page.goto("/no/such/page")
    expect(stranger.page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_page_is_laid_out_from_the_right_before_the_first_paint(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    stranger = person(stage("Alma").server, "Fay", **ARABIC)
    stranger.page.route("**/quasar.umd*", lambda route: route.abort())  # which would say it too, but later
    stranger.page.goto("/sign-in", wait_until="domcontentloaded")
    expect(stranger.page.locator("html")).to_have_attribute("dir", "rtl")
    stranger.errors.clear()


def test_the_letters_of_every_latin_language_come_from_our_own_font(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    stranger = person(stage("Alma").server, "Fay")
    stranger.open("/sign-in")
    devtools = stranger.page.context.new_cdp_session(stranger.page)
    for method in ("DOM.enable", "CSS.enable"):
        devtools.send(method)
    for code in LATIN:
        with (CATALOGS / code / "LC_MESSAGES" / "messages.po").open(encoding="utf-8") as file:
            letters = "".join(sorted(one for one in set(file.read()) if one.isalpha() or one in "„“”‘’«»…"))
        stranger.page.get_by_role("heading").evaluate("(it, text) => (it.textContent = text)", letters)
        stranger.page.evaluate("document.fonts.ready")
        node = devtools.send("DOM.querySelector", {"nodeId": _root(devtools), "selector": "h1"})["nodeId"]
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert {font["familyName"] for font in fonts} == {"Inter"}, f"{code}: {fonts}"


def _root(devtools: CDPSession) -> int:
    return int(devtools.send("DOM.getDocument")["root"]["nodeId"])


def _spaced(text: str) -> re.Pattern[str]:
    """Any blank for a blank, and marks for the direction of writing anywhere."""
    return re.compile(
        r"[\u200e\u200f\u061c]*".join(r"\s" if one.isspace() else re.escape(one) for one in text)
    )


def _middle(of: Locator) -> float:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def _starts_right(of: Locator) -> bool:
    """Say whether the text itself, not only its box, ends at the right edge of its box."""
    return bool(
        of.evaluate(
            """(it) => {
                const range = document.createRange();
                range.selectNodeContents(it);
                return Math.abs(range.getBoundingClientRect().right - it.getBoundingClientRect().right) < 2;
            }"""
        )
    )
