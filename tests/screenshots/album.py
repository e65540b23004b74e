"""The folder with the pictures, and a page to look through them."""

import html
import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.screenshots.rest import rest

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
    """Takes pictures into a new folder; with `keep`, beside those that are there, in place of what is taken again."""

    def __init__(self, *, keep: bool = False) -> None:
        if not keep:
            shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(exist_ok=True)
        self._names: list[str] = []

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
        pictures: dict[str, list[str]] = {name: [] for name in self._names}
        for file in sorted(FOLDER.glob("*--*.png"), key=lambda file: file.stat().st_mtime):
            pictures.setdefault(file.name.partition("--")[0], []).append(file.name)
        parts = [
            f"<h2>{html.escape(name)}</h2><div>{''.join(_figure(file) for file in files)}</div>"
            for name, files in pictures.items()
        ]
        page = f"<!doctype html><meta charset=utf-8><title>Screenshots</title><style>{_STYLE}</style>"
        (FOLDER / "index.html").write_text(page + "".join(parts), encoding="utf-8")

    def _keep(self, page: Page, name: str, where: str) -> None:
        file = f"{name}--{where}.png"
        page.screenshot()  # draws what has only been begun, as colours that follow the scheme
        rest(page)
        page.screenshot(path=FOLDER / file, animations="disabled")
        if name not in self._names:
            self._names.append(name)


def _figure(file: str) -> str:
    where = html.escape(file.removesuffix(".png").partition("--")[2])
    return f'<figure><figcaption>{where}</figcaption><img loading="lazy" src="{file}"></figure>'
