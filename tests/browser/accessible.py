"""Looks for what keeps people out of the page that is open: by axe-core, and by the sizes of what can be pressed."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page, expect

from tests.browser.person import Person

# A sheet is all there is while it is open. axe 4.12 takes the text of Quasar's buttons in it to lie below it.
_VIOLATIONS = """async (options) => {
    const sheet = [...document.querySelectorAll("[role=dialog]")].at(-1);
    for (const text of document.querySelectorAll(".q-btn__content")) text.style.zIndex = "auto";
    return (await axe.run(sheet ?? document, { ...options, resultTypes: ["violations"] })).violations
        .flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`));
}"""


def barriers(person: Person) -> list[str]:
    """Give the violations on the page that is open, however grave, in light and in dark.

    What is no matter of colour is the same in both, and looked for once. Leaves the page in the other of the two.
    """
    page = person.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    expect(page.locator(".q-dialog__inner--animating")).to_have_count(0)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    here, there = ("dark", "light") if is_dark else ("light", "dark")
    all_of_it = page.evaluate(_VIOLATIONS, {})
    _switch(page, there)
    colours = page.evaluate(_VIOLATIONS, {"runOnly": ["color-contrast"]})
    return [*(f"{here}: {one}" for one in all_of_it), *(f"{there}: {one}" for one in colours)]


def _switch(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_function(
        """(scheme) => {
            const { backgroundColor, color } = getComputedStyle(document.body);
            const isDark = [backgroundColor, color].map((it) => it.match(/[\\d.]+/g)[0] < 128);
            return isDark[0] === (scheme === "dark") && isDark[1] !== isDark[0] && !document.getAnimations().length;
        }""",
        arg=scheme,
    )


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def too_small(person: Person, least: int = 44) -> list[str]:
    """Give what can be pressed on the page that is open, but not with a thumb: less than so many pixels answer.

    A link amid the words of a sentence is as high as its line, and the sentence's length is its own.
    """
    found: list[str] = person.page.evaluate(_TOO_SMALL, least)
    return found


_TOO_SMALL = """(least) => {
    const pressable = "button,a[href],select,textarea,input,[role=button],[role=tab],[role=radio],[role=option]";
    const sheet = [...document.querySelectorAll("[role=dialog]")].at(-1);
    const isThere = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !it.disabled;
    const isInSentence = (it) => getComputedStyle(it).display === "inline";
    const around = (it) => (it.matches("input,select,textarea") && it.closest("label,.mc-field-box")) || it;
    const answers = (it, x, y) => {
        const hit = document.elementFromPoint(x, y);
        return !!hit && (it.contains(hit) || around(it).contains(hit));
    };
    const isSmall = (it) => {
        it.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const at = around(it).getBoundingClientRect();
        const [x, y, away] = [at.x + at.width / 2, at.y + at.height / 2, least / 2 - 1.6]; // but for a border
        if (!answers(it, x, y)) return false; // covered: it is not what is pressed there
        const sides = [[0, away], [0, -away], [away, 0], [-away, 0]];
        return !sides.every(([dx, dy]) => answers(it, x + dx, y + dy));
    };
    const size = ({ width, height }) => `${width.toFixed(1)} × ${height.toFixed(1)}`;
    return [...(sheet ?? document).querySelectorAll(pressable)]
        .filter((it) => isThere(it) && !isInSentence(it) && !it.closest(".mc-only-read") && isSmall(it))
        .map((it) => `${size(it.getBoundingClientRect())} ${it.outerHTML.slice(0, 130)}`);
}"""
