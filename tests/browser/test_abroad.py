"""Two people who know no English, one on a phone, from nothing to a settled group and back in again."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from babel import Locale
from playwright.sync_api import Locator, expect

from pages.figures import Figures
from tests.browser.person import Person
from tests.browser.reading import reads_well, untranslated
from tests.server import Server


@dataclass(frozen=True)
class Country:
    """Where people live: how their browser names it, what they and their things are called, how they type figures."""

    locale: str
    names: tuple[str, str, str]
    group: str
    titles: tuple[str, str, str, str, str]
    figures: dict[str, str]

    def typed(self, number: str) -> str:
        """Type a number as one does there."""
        return number.translate(str.maketrans(self.figures))

    def money(self, cents: int) -> str:
        """Write an amount as one reads it there."""
        return Figures(Locale.parse(self.locale, sep="-")).money(cents, "EUR")


GERMANY = Country(
    "de-DE",
    ("Änne", "Jürgen", "Cem"),
    "Wattwanderung",
    ("Frühstück", "Ferienhaus", "Fähre", "Krabbenbrötchen", "Einkauf"),
    {".": ","},
)
EGYPT = Country(
    "ar-EG",
    ("ليلى", "عمر", "هدى"),
    "رحلة أسوان",
    ("فطور", "فندق", "قارب", "عشاء", "بقالة"),
    {".": "٫", **dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True))},
)


@pytest.mark.parametrize("country", [GERMANY, EGYPT], ids=["German", "Arabic"])
def test_two_people_share_a_group_without_a_word_of_english(
    sqlite_server: Server, person: Callable[..., Person], country: Country
) -> None:
    one, other = (_arrives(sqlite_server, person, country, phone) for phone in (False, True))
    _name, name_of_other, third = country.names
    one.new_group(country.group, third)
    reads_well(one)
    other.join(one.invite(), name=name_of_other)
    expect(one.page.get_by_text(one.words("{name} is here", name=name_of_other))).to_be_visible()

    _add_five(one, other, country)
    _change_and_take_back(other, one, country)
    _look_around(one, other, country)
    _find(other, country)
    _settle(one, other)
    _read_history(one, name_of_other, country)
    _go_and_come_back(other, country)
    assert sqlite_server.run("check").returncode == 0


def test_english_would_be_noticed(sqlite_server: Server, person: Callable[..., Person]) -> None:
    stranger = person(sqlite_server)
    stranger.open("/sign-up")
    stranger.language = "de"
    assert {"Make an account", "Your name", "E-mail", "Show password"} <= {*untranslated(stranger)}


def _arrives(server: Server, person: Callable[..., Person], country: Country, phone: bool) -> Person:
    one = person(server, country.names[phone], phone=phone, locale=country.locale)
    one.email = f"{uuid4()}@example.org"
    one.open("/sign-up")
    reads_well(one)
    one.press(one.words("Make an account"))
    expect(one.page.get_by_role("alert").first).to_be_visible()
    reads_well(one)  # also in what it finds wrong
    one.sign_up()
    reads_well(one)
    return one


def _add_five(one: Person, other: Person, country: Country) -> None:
    """Split in every way there is, and see each at the other's; what is said is said in their language."""
    name, name_of_other, third = country.names
    typed, titles = country.typed, country.titles
    one.add(typed("12.50"), titles[0], payers={"You": typed("10"), third: typed("2.50")})
    said = other.words("{name} and {other} paid", name=name, other=third)
    other.sees(titles[0], country.money(1250), said)
    shares = {name: typed("2"), "You": typed("1.5"), third: typed("0.5")}
    other.add(typed("1234.50"), titles[1], mode="Shares", typed=shares)
    one.sees(titles[1], country.money(123450), country.money(61725))
    percents = {"You": typed("50"), name_of_other: typed("37.5"), third: typed("12.5")}
    one.add(typed("80"), titles[2], mode="Percent", typed=percents)
    amounts = {name: typed("10.25"), "You": typed("19.75")}
    other.add(typed("30"), titles[3], mode="Amounts", without=(third,), typed=amounts)
    one.add(typed("12.50+35"), titles[4], mode="Adjust", typed={third: typed("3.50")})
    for each in (one, other):
        for title in titles:
            each.sees(title)
        reads_well(each)


def _change_and_take_back(one: Person, other: Person, country: Country) -> None:
    """Edit an expense, and delete one that comes back by Undo."""
    title = country.titles[3]
    seen = _open(one, title)
    reads_well(one)
    seen.get_by_role("button", name=one.words("Edit")).click()
    sheet = one.sheet(one.words("Edit expense"))
    reads_well(one)
    amount = sheet.get_by_label(one.words("Amount"), exact=True)
    expect(amount).to_have_value(country.typed("30.00"))
    amount.fill(country.typed("31.50"))
    rest = sheet.get_by_text(one.words("{amount} still to be given", amount=country.money(150)))
    expect(rest).to_be_visible()
    sheet.get_by_role("textbox", name=country.names[0]).fill(country.typed("11.75"))
    sheet.get_by_role("button", name=one.words("Save expense")).click()
    expect(sheet).to_be_hidden()
    other.sees(title, country.money(3150))

    _open(one, title).get_by_role("button", name=one.words("Delete")).click()
    expect(one.row(title)).to_be_hidden()
    reads_well(one)
    one.undo(one.words("Deleted “{title}”", title=title))
    one.sees(title)


def _look_around(one: Person, other: Person, country: Country) -> None:
    """See the balances and the insights, as bars and as tables."""
    _name, name_of_other, third = country.names
    for each in (one, other):
        each.tab(each.words("Balances"))
        bars = _panel(each).get_by_role("list").first
        expect(bars).to_contain_text(third)
        expect(bars).to_contain_text(each.words("You"))
        reads_well(each)
        each.tab(each.words("Insights"))
        expect(each.page.locator(".mc-month-plot i").first).to_be_attached()
        for opener in each.page.get_by_text(each.words("Show as table")).all():
            opener.click()
        total = _panel(each).get_by_role("row", name=each.words("Total")).first
        expect(total).to_contain_text(country.money(1250 + 123450 + 8000 + 3150 + 4750))
        reads_well(each)
    expect(_panel(one).get_by_role("row", name=name_of_other)).to_be_visible()


def _find(one: Person, country: Country) -> None:
    """Find one by its amount, and another by its category's name or its title."""
    one.tab(one.words("Expenses"))
    one.page.get_by_role("button", name=one.words("Search"), exact=True).filter(visible=True).click()
    field = one.page.get_by_role("searchbox").filter(visible=True)
    for typed, title in ((country.typed("31.5"), country.titles[3]), (country.titles[2], country.titles[2])):
        field.fill(typed)
        expect(one.page.locator(".mc-exp-title")).to_have_text([title])
        reads_well(one)
    one.press(one.words("Clear the search"))
    one.sees(country.titles[0])


def _settle(one: Person, other: Person) -> None:
    one.tab(one.words("Settle up"))
    reads_well(one)
    paid = _panel(one).get_by_role("button", name=one.words("Mark as paid"))
    left = paid.count()
    assert left > 0
    while left:
        paid.first.click()
        sheet = one.sheet(one.words("Record a payment"))
        reads_well(one)
        sheet.get_by_role("button", name=one.words("Save payment")).click()
        expect(one.page.get_by_role("dialog")).to_have_count(0)  # the row may go before the sheet has
        left -= 1
        expect(paid).to_have_count(left)
    other.tab(other.words("Settle up"))
    even = other.words("Everybody is even. Nobody owes anybody anything.")
    expect(other.page.get_by_text(even)).to_be_visible()
    reads_well(other)


def _read_history(one: Person, name_of_other: str, country: Country) -> None:
    one.tab(one.words("More"))
    reads_well(one)
    one.press(one.words("History"))
    sheet = one.sheet(one.words("History"))
    for sentence in ("{name} added “{subject}”", "{name} deleted “{subject}”", "{name} restored “{subject}”"):
        said = one.words(sentence, name=name_of_other, subject=country.titles[3])
        expect(sheet.get_by_text(said)).to_be_visible()
    reads_well(one)


def _go_and_come_back(one: Person, country: Country) -> None:
    """Read English for a moment, and one's own again; sign out, and in; the group is still there."""
    own = one.language
    one.open("/you")
    reads_well(one)
    one.page.get_by_label(one.words("Language")).select_option(label="English")
    expect(one.page.get_by_role("heading", name="Devices")).to_be_visible()
    expect(one.page.locator("html")).to_have_attribute("dir", "ltr")
    one.ready()
    one.page.get_by_label("Language").select_option(label="As the browser")
    expect(one.page.get_by_role("heading", name=one.words("Devices"))).to_be_visible()
    one.ready()
    assert one.language == own
    reads_well(one)
    one.press(one.words("Sign out"))
    expect(one.page.get_by_role("heading", name=one.words("Sign in"))).to_be_visible()
    reads_well(one)
    one.sign_in()
    expect(one.page.get_by_role("link", name=country.group)).to_be_visible()
    reads_well(one)


def _open(one: Person, title: str) -> Locator:
    one.row(title).get_by_role("button").click()
    return one.sheet(title)


def _panel(one: Person) -> Locator:
    return one.page.get_by_role("tabpanel")
