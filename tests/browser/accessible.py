"""Looks for what keeps people out: axe-core finds it on the page that is open."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page, expect

from tests.browser.person import Person

# A sheet is all there is while it is open. axe 4.12 takes the text of Quasar's buttons in it to lie below it.
_SERIOUS = """async (options) => {
    const sheet = [...document.querySelectorAll("[role=dialog]")].at(-1);
    for (const text of document.querySelectorAll(".q-btn__content")) text.style.zIndex = "auto";
    return (await axe.run(sheet ?? document, { ...options, resultTypes: ["violations"] })).violations
        .filter((it) => ["serious", "critical"].includes(it.impact))
        .flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`));
}"""


def barriers(person: Person) -> list[str]:
    """Give the serious and critical violations on the page that is open, in light and in dark.

    What is no matter of colour is the same in both, and looked for once. Leaves the page in the other of the two.
    """
    page = person.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    expect(page.locator(".q-dialog__inner--animating")).to_have_count(0)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    here, there = ("dark", "light") if is_dark else ("light", "dark")
    all_of_it = page.evaluate(_SERIOUS, {})
    _switch(page, there)
    colours = page.evaluate(_SERIOUS, {"runOnly": ["color-contrast"]})
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
