"""Which language somebody reads, and how it is written where they are."""

import pytest

from pages.accept_language import asked
from pages.digits import isolated
from pages.language import direction, languages, preferred
from pages.region import locale_of, territory_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("DE-at", "de"),
        ("fr;q=0.4, it;q=0.9, en;q=0.1", "it"),
        ("sv-SE, sv;q=0.9, pl;q=0.8, en;q=0.7", "pl"),
        ("sv-SE,sv;q=0.9", "en"),
        ("nl;q=0, ja", "ja"),
        ("pt-BR,pt;q=0.9,en-US;q=0.8", "pt"),
        ("zh-Hant-TW, ar-EG;q=0.5", "ar"),
        ("*", "en"),
        ("*, es;q=0.5", "es"),
        (" es-419 ; q=0.8 , fr ; q = 0.9", "fr"),
        ("de;q=nonsense, fr;q=2, nl;q=0.1", "nl"),
        (";;,,=,q=1,\x00", "en"),
        ("x" * 100_000, "en"),
    ],
)
def test_the_most_wanted_language_that_there_is_is_taken(header: str, language: str) -> None:
    assert preferred(header) == language


def test_the_language_of_the_account_comes_first_if_there_is_such_a_language() -> None:
    assert preferred("de", "ar") == "ar"
    assert preferred("de", "tlh") == "de"
    assert preferred("de", None) == "de"


@pytest.mark.parametrize(
    ("language", "header", "written", "region"),
    [
        ("en", "en-GB,en;q=0.9", "en_GB", "GB"),
        ("en", "en", "en", None),
        ("en", "", "en", None),
        ("pt", "pt-PT,pt;q=0.9,en-US;q=0.8", "pt_PT", "PT"),
        ("es", "es-MX", "es_MX", "MX"),
        ("es", "es-419,es;q=0.9", "es_419", "419"),
        ("de", "de-CH,de;q=0.9,en-US;q=0.8", "de_CH", "CH"),
        ("fr", "fr-CH", "fr_CH", "CH"),
        ("ar", "ar-MA,fr;q=0.5", "ar_MA", "MA"),
        ("pl", "pl", "pl", None),
        # a language that we do not speak, or another one chosen in the account: the region is still the browser's
        ("en", "sv-SE,sv;q=0.9,en-US;q=0.8,en;q=0.7", "en_SE", "SE"),
        ("en", "sv,en-US;q=0.8", "en_SE", "SE"),
        ("en", "pt-PT,pt;q=0.9,en-US;q=0.8,en;q=0.7", "en_PT", "PT"),
        ("en", "tr-TR,tr;q=0.9,en-US;q=0.8", "en_001", "TR"),
        ("de", "fr-CH,fr;q=0.9", "de_CH", "CH"),
        ("de", "en-US,en;q=0.9", "de", "US"),
        # nothing can be guessed from a language of many regions
        ("de", "en,de-AT;q=0.5", "de_AT", "AT"),
        ("de", "en", "de", None),
        ("ja", "zz-ZZ", "ja", "ZZ"),
    ],
)
def test_a_language_is_written_as_in_the_region_that_the_browser_names(
    language: str, header: str, written: str, region: str | None
) -> None:
    assert (str(locale_of(language, header)), territory_of(language, header)) == (written, region)


def test_a_header_is_bounded() -> None:
    assert len(asked(",".join(["de"] * 100_000))) < 300


def test_languages_are_offered_by_their_own_names() -> None:
    assert languages() == {
        "de": "Deutsch",
        "en": "English",
        "es": "Español",
        "fr": "Français",
        "it": "Italiano",
        "nl": "Nederlands",
        "pl": "Polski",
        "pt": "Português",
        "ar": "العربية",
        "ja": "日本語",
    }


def test_arabic_alone_is_written_from_the_right() -> None:
    assert [code for code in languages() if direction(code) == "rtl"] == ["ar"]


def test_names_are_walled_off_where_directions_meet() -> None:
    assert isolated("Bo", "en") == "Bo"
    assert isolated("Bo", "ar") == "\u2068Bo\u2069"
    assert isolated("ليلى", "en") == "\u2068ليلى\u2069"
