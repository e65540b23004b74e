"""Makes the pictures: `python -m tests.screenshots [part of a state's name …]` writes the folder `screenshots`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from mycount.db.migrate import migrate
from mycount.db.session import open_database
from tests import chromium
from tests.conftest import opened
from tests.screenshots.album import FOLDER, Album
from tests.screenshots.pages import PAGES
from tests.screenshots.scene import Scene, fill
from tests.screenshots.sheets import SHEETS
from tests.screenshots.tour import State, Tour
from tests.server import Server
from tests.waiting import until
from tests.world import World

SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "tablet": {"viewport": {"width": 768, "height": 1024}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 860}},
}
LANGUAGES = {"de": "de-DE", "ar": "ar-EG"}
_BROKEN = (  # a page that fails, for the page that says so
    "-c",
    "import pages.sign_up\ndef sign_up_page(): raise RuntimeError\npages.sign_up.sign_up_page = sign_up_page\n"
    "from mycount.__main__ import main; main()",
)
_NOWHERE = "postgresql+psycopg2://mycount@127.0.0.1:1/mycount"


class Journey:
    """Goes through states in every size, and counts those that could not be reached."""

    def __init__(self, browser: Browser, album: Album, wanted: list[str]) -> None:
        self._browser = browser
        self._album = album
        self._wanted = wanted
        self.lost: list[str] = []

    def through(
        self, states: list[State], server: Server, scene: Scene, sizes: list[str], locale: str
    ) -> None:
        """Take every wanted state in some sizes, in one language."""
        wanted = [one for one in states if not self._wanted or any(it in one.name for it in self._wanted)]
        for size in sizes:
            for state in wanted:
                self._take(state, server, scene, size, locale)

    def _take(self, state: State, server: Server, scene: Scene, size: str, locale: str) -> None:
        language = locale.partition("-")[0]
        token = getattr(scene, state.who) if state.who else ""
        with self._page(server, size, locale, token) as page:
            tour = Tour(page, language, scene)
            try:
                state.reach(tour)
                tour.rest()
            except (Error, AssertionError) as error:
                self.lost.append(f"{state.name} ({size}, {language}): {str(error).splitlines()[0]}")
                print("Not reached:", self.lost[-1], flush=True)
            where = size if language == "en" else f"{language}-{size}"
            self._album.take(page, state.name, where)

    @contextmanager
    def _page(self, server: Server, size: str, locale: str, token: str) -> Iterator[Page]:
        options = {**SIZES[size], "base_url": server.address, "locale": locale, "reduced_motion": "reduce"}
        context = self._browser.new_context(**options)
        context.set_default_timeout(8_000)
        if token:
            cookie: Any = {"name": "mycount_session", "value": token, "url": server.address}
            context.add_cookies([cookie])
        yield context.new_page()
        context.close()


def main() -> int:
    """Make them all, or those of the states that are named; gives 1 if a state could not be reached."""
    path = chromium.fetched()
    if path is None:
        print("There is no Chromium here, and none can be had.")
        return 1
    expect.set_options(timeout=8_000)
    album = Album(keep=bool(sys.argv[1:]))  # a part is taken again, the rest stays
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        journey = Journey(browser, album, sys.argv[1:])
        _full(journey, Path(folder))
        _bare(journey, Path(folder))
        browser.close()
    album.close()
    print(f"Look through {FOLDER / 'index.html'}.")
    return 1 if journey.lost else 0


def _full(journey: Journey, folder: Path) -> None:
    """Every state of a server where much has happened already."""
    url = _database(folder / "full")
    with contextmanager(opened)(url) as database, Server(url, folder / "full") as server:
        scene = fill(World(database))
        journey.through([*PAGES, *SHEETS], server, scene, list(SIZES), "en-GB")
        everywhere = [state for state in (*PAGES, *SHEETS) if state.everywhere]
        for locale in LANGUAGES.values():
            journey.through(everywhere, server, scene, ["phone", "desktop"], locale)


def _bare(journey: Journey, folder: Path) -> None:
    """What is seen before there is anything, and when something is wrong."""
    nothing = Scene("", "", "", "", {}, 0, 0, 0, {})  # type: ignore[arg-type]
    url = _database(folder / "bare")
    with Server(url, folder / "bare", program=_BROKEN) as server:
        failing = [State("error", lambda tour: _goto(tour, "/sign-up"), "")]
        journey.through(failing, server, nothing, list(SIZES), "en-GB")
    with Server(url, folder / "bare") as server:
        first = [State("first-start", lambda tour: tour.open("/sign-up"), "")]
        journey.through(first, server, nothing, list(SIZES), "en-GB")
    (folder / "away").mkdir()
    server = Server(_NOWHERE, folder / "away", MYCOUNT_DATABASE_ATTEMPTS="50")
    server.start(ready=False)
    try:
        _until_it_listens(server)
        starting = [State("starting", lambda tour: _goto(tour, "/"), "")]
        journey.through(starting, server, nothing, list(SIZES), "en-GB")
    finally:
        server.stop()


def _goto(tour: Tour, path: str) -> None:
    tour.page.goto(path)


def _until_it_listens(server: Server) -> None:
    until(lambda: server.status("/livez") == 200, "it listens", seconds=30)


def _database(folder: Path) -> str:
    folder.mkdir()
    url = f"sqlite:///{folder / 'mycount.db'}"
    database = open_database(url)
    migrate(database)
    database.close()
    return url


if __name__ == "__main__":
    sys.exit(main())
