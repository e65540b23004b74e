"""A real browser: when something of a page is seen, when the page can be used, and what it fetches."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests import chromium
from tests.bench.sites import Screen

_WATCH = (Path(__file__).parent / "watch.js").read_text()
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
_PATIENCE = 60_000
_WORKER = """async () => {
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker && !worker.active) await navigator.serviceWorker.ready;
}"""
DESKTOP = {"width": 1280, "height": 860}
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8}


@dataclass(frozen=True)
class Opened:
    """What opening a page came to, in milliseconds since it was asked for, and in KB."""

    seen: float
    """Until everything that the screen says was painted."""
    usable: float
    """Until that, and until the page hears what is pressed; as `seen` where a page has no socket."""
    kilobytes: float = 0.0


@contextmanager
def browsers(count: int = 1) -> Iterator[list[Browser]]:
    """Start so many browsers, each with processes of its own, so that none is in another's background."""
    path = chromium.found()
    if path is None:
        raise RuntimeError("no Chromium here; `python -m tests.chromium` gets one where it can")
    with sync_playwright() as playwright:
        started = [_started(playwright, path) for _ in range(count)]
        yield started
        for browser in started:
            browser.close()


def _started(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))


def profile(browser: Browser, screen: Screen) -> BrowserContext:
    """Give a new profile that has seen nothing yet, signed in for a screen."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(_PATIENCE)
    context.add_init_script(_WATCH)
    if screen.cookie:
        name, value = screen.cookie
        origin = "/".join(screen.url.split("/")[:3])  # a longer address would keep it from the sockets
        context.add_cookies([{"name": name, "value": value, "url": origin}])
    return context


def cold_and_warm(browser: Browser, screen: Screen, *, slow: bool = False, live: bool = True) -> list[Opened]:
    """Open a screen in a new profile, and once more in the same; `slow` is a quarter of the processor and 9 Mbit/s."""
    with _closing(profile(browser, screen)) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        session.send("Network.enable")
        if slow:
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            session.send("Network.emulateNetworkConditions", SLOW)
        page.add_init_script(f"bench.watch('first', {json.dumps(screen.says)})")
        found = []
        for _ in range(2):
            sizes.clear()
            page.goto(screen.url, wait_until="commit")
            opened = _opened(page, live=live)
            _settled(page)
            found.append(Opened(opened.seen, opened.usable, sum(sizes) / 1000))
            page.goto("about:blank")
        return found


def _opened(page: Page, *, live: bool) -> Opened:
    seen = _until(page, "first", *(["connected"] if live else []))
    return Opened(seen["first"], max(seen["first"], seen.get("connected", 0.0)))


def _settled(page: Page) -> None:
    """Let a page fetch what it fetches when it has time, as far as that ends, and its worker begin its work."""
    with suppress(Error):
        page.wait_for_load_state("networkidle", timeout=15_000)
    page.evaluate(_WORKER)


def _until(page: Page, *names: str, patience: float = _PATIENCE) -> dict[str, float]:
    """Wait until everything that is named was seen; gives when, in milliseconds since the page was asked for."""
    seen: dict[str, float] = page.evaluate("([names, most]) => bench.until(names, most)", [names, patience])
    return seen


def enter(browser: Browser, screen: Screen) -> Page:
    """Open a screen in a new profile, and wait until it can be used."""
    page = profile(browser, screen).new_page()
    page.goto(screen.url, wait_until="commit")
    page.evaluate(f"bench.watch('first', {json.dumps(screen.says)})")
    _opened(page, live=True)
    return page


def watch(page: Page, name: str, words: str, where: str = "body") -> None:
    """Begin to look for words in elements of a kind; `noticed` gives when they were painted."""
    page.evaluate("([name, words, where]) => bench.watch(name, words, where)", [name, [words], where])


def noticed(page: Page, name: str, patience: float = 15_000) -> float:
    """Wait for what is watched; gives when it was painted, in milliseconds of the machine's clock."""
    _until(page, name, patience=patience)
    when: float = page.evaluate(
        "(name) => { const at = bench.clock() + bench.seen[name]; bench.forget(name); return at; }", name
    )
    return when


def pressed(page: Page) -> float:
    """Give when a page was clicked last, in milliseconds of the machine's clock."""
    when: float = page.evaluate("bench.clock() + bench.pressed")
    return when


@contextmanager
def _closing(context: Any) -> Iterator[Any]:
    try:
        yield context
    finally:
        context.close()
