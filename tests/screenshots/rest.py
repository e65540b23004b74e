"""Waiting until a page is as somebody would see it who looks at it for a while."""

from playwright.sync_api import Page

_STILL = """async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter((it) => it.effect.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((it) => it.finished));
}"""
_QUIET = """() => new Promise((resolve) => {
    let timer;
    const done = () => { watch.disconnect(); resolve(); };
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 500); });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    timer = setTimeout(done, 500);
    setTimeout(done, 4000);
})"""


def rest(page: Page, *, quiet: bool = False) -> None:
    """Wait until nothing moves and every letter has its font; `quiet`: until nothing has been written for a while."""
    if quiet:
        page.evaluate(_QUIET)
    page.evaluate(_STILL)
