"""The folder with the pictures, and a page to look through them."""

import html
import shutil
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path("screenshots")
SCHEMES = ("light", "dark")
_STYLE = """body{font:15px system-ui;margin:20px;background:#888}h2{position:sticky;top:0;background:#888}
div{display:flex;gap:12px;overflow-x:auto;align-items:start}figure{margin:0}img{max-height:86vh;display:block}"""
_BELOW = """() => {
    const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1);
    const all = dialog ? [...dialog.querySelectorAll("*")] : [document.scrollingElement];
    const below = all.filter((it) => !/hidden|clip|visible/.test(getComputedStyle(it).overflowY) || !dialog)
        .map((it) => it.scrollHeight - it.clientHeight);
    return Math.max(0, ...below);
}"""
_LONGEST = 2400


class Album:
    """Takes pictures into a new folder; what was in it is gone."""

    def __init__(self) -> None:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        self._pictures: dict[str, list[str]] = defaultdict(list)

    def take(self, page: Page, name: str, where: str) -> None:
        """Take a state in light and in dark, and once more in light with what lies below the edge."""
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self._keep(page, name, f"{where}-{scheme}")
        below, size = page.evaluate(_BELOW), page.viewport_size
        if below > 8 and size is not None:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({**size, "height": min(size["height"] + below + 8, _LONGEST)})
            self._keep(page, name, f"{where}-whole")
            page.set_viewport_size(size)

    def close(self) -> None:
        """Write the page to look through them."""
        parts = [
            f"<h2>{html.escape(name)}</h2><div>{''.join(_figure(file) for file in files)}</div>"
            for name, files in self._pictures.items()
        ]
        page = f"<!doctype html><meta charset=utf-8><title>Screenshots</title><style>{_STYLE}</style>"
        (FOLDER / "index.html").write_text(page + "".join(parts), encoding="utf-8")

    def _keep(self, page: Page, name: str, where: str) -> None:
        file = f"{name}--{where}.png"
        page.screenshot()  # once more draws what has only been begun, as colours that follow the scheme
        page.screenshot(path=FOLDER / file, animations="disabled")
        self._pictures[name].append(file)


def _figure(file: str) -> str:
    where = html.escape(file.removesuffix(".png").partition("--")[2])
    return f'<figure><figcaption>{where}</figcaption><img loading="lazy" src="{file}"></figure>'
