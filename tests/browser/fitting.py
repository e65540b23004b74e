"""Whether what is shown has room on the screen."""

from typing import Final

from tests.browser.person import Person

_TOO_WIDE: Final = """() => {
    const page = document.scrollingElement;
    const moves = (it) => it === page || /auto|scroll/.test(getComputedStyle(it).overflowX);
    return [page, ...document.querySelectorAll("body *")]
        .filter((it) => it.checkVisibility() && !it.closest(".mc-tabs,.mc-seg,.mc-chips,.mc-only-read"))
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
