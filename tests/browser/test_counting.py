"""An amount that changes while one looks counts to its new value, for the eye only and for those who want it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.stage import Stage

_WATCH = """() => {
    window.heard = new Set();
    window.seen = new Set();
    const textOf = (it, hidden) => {
        const copy = it.cloneNode(true);
        copy.querySelectorAll(hidden).forEach((part) => part.remove());
        return copy.textContent;
    };
    const look = () => {
        for (const it of document.querySelectorAll(".mc-amount")) {
            heard.add(textOf(it, "[aria-hidden]"));
            seen.add(textOf(it, ".mc-only-read"));
        }
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


@pytest.mark.parametrize("home", [False, True], ids=["group", "home"])
def test_an_amount_counts_for_the_eye_and_is_read_out_as_what_it_is(
    stage: Callable[..., Stage], home: bool
) -> None:
    flat = _even_but_for_ten(stage)
    bo = flat.outside("Bo", reduced_motion="no-preference")
    bo.open("/" if home else flat.path)
    before, after = _watched(flat, bo)
    assert _texts(bo, "heard") == {before, after}
    assert len(_texts(bo, "seen")) > 3


def test_an_amount_does_not_count_for_whoever_wants_nothing_to_move(stage: Callable[..., Stage]) -> None:
    flat = _even_but_for_ten(stage)
    bo = flat.enter("Bo", reduced_motion="reduce")
    before, after = _watched(flat, bo)
    assert _texts(bo, "heard") == _texts(bo, "seen") == {before, after}


def _even_but_for_ten(stage: Callable[..., Stage]) -> Stage:
    flat = stage("Alma", "Bo")
    flat.group.add(2000, "Alma", title="Dinner")
    return flat


def _watched(flat: Stage, bo: Person) -> tuple[str, str]:
    """Let somebody else add an expense, and wait until all that counts has come to rest."""
    amount = bo.page.locator(".mc-amount").filter(visible=True).first
    expect(amount).to_have_text("€10.00")
    bo.page.evaluate(_WATCH)
    flat.enter("Alma").add("9876.54", "Boat")
    expect(amount).to_have_text("€4,948.27")
    expect(bo.page.locator(".mc-amount .mc-only-read")).to_have_count(0)
    return "€10.00", "€4,948.27"


def _texts(bo: Person, which: str) -> set[str]:
    return {str(text) for text in bo.page.evaluate(f"[...{which}]") if text}
