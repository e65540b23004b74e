"""One style sheet in place of the five of NiceGUI and Quasar, without what the pages never show.

Browsers style nothing before all of it is there, and try every rule on what is drawn: without three quarters of the
rules the first picture comes sooner. The order of the layers stays as NiceGUI has it.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import nicegui
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_PATH: Final = "/static/framework.css"

_FOLDER: Final = Path(nicegui.__file__).parent / "static"
_ORDER: Final = "@layer theme,base,quasar,nicegui,components,utilities,overrides,quasar_importants;"
_LAYERS: Final = {
    "quasar": "quasar.unimportant.prod.css",
    "quasar_importants": "quasar.important.prod.css",
    "nicegui": "nicegui.css",
}
_UNUSED: Final = (
    "banner|bar|breadcrumbs|carousel|chip|circular-progress|color-picker|date|drawer|editor|expansion-item|fab|img|"
    "knob|linear-progress|message|pagination|parallax|pull-to-refresh|range|rating|responsive|scrollarea|skeleton|"
    "slider|splitter|stepper|table|time|timeline|toolbar|tree|uploader|video|virtual-scroll"
)
_COLOURS: Final = (
    "red|pink|purple|deep-purple|indigo|blue|light-blue|cyan|teal|green|light-green|lime|yellow|amber|orange|"
    "deep-orange|brown|grey|blue-grey"
)
_OF_UNUSED: Final = re.compile(
    rf"\.q-(?:{_UNUSED})(?![a-z])"  # components
    rf"|\.(?:bg|text)-(?:{_COLOURS})(?:-\d+)?(?![a-z-])"  # a palette: ours is in the theme
    r"|\.(?:col|offset|order)-(?:xs|sm|md|lg|xl|\d)|\.q-col-gutter-|\.shadow-"  # a grid, and shadows
    r"|\.no-outline(?![\w-])"  # it hides the focus of every button, and no rule of ours could win against it
)
_KEYFRAMES_OF_UNUSED: Final = re.compile(rf"@(?:-webkit-)?keyframes q-(?:{_UNUSED})(?![a-z])")
_BLOCK: Final = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_IN_CARDS: Final = (
    ".q-card>div"  # NiceGUI takes these rules off all but its tight cards, once its script runs
)


def routes() -> list[Route]:
    """Give the style sheet's route, to come before the folder of our own files."""
    return [Route(_PATH, _answer)]


def address() -> str:
    """Say where the style sheet is, below the path of the app; it changes with what makes the sheet."""
    made_of = nicegui.__version__.encode() + Path(__file__).read_bytes()
    return f"{_PATH}?v={hashlib.sha256(made_of).hexdigest()[:8]}"


@cache
def framework_css() -> str:
    """Put the style sheet together; always the same for a version of NiceGUI."""
    layers = (f"@layer {layer}{{{_without_unused(_read(name))}}}" for layer, name in _LAYERS.items())
    return _ORDER + "\n".join(layers).replace(_IN_CARDS, f".nicegui-card-tight{_IN_CARDS}")


async def _answer(_: Request) -> Response:
    return Response(await asyncio.to_thread(framework_css), media_type="text/css")


def _read(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (_FOLDER / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def _without_unused(css: str) -> str:
    return "".join(_used(css))


def _used(css: str) -> Iterator[str]:
    for head, body in _BLOCK.findall(css):
        selector = head.strip()
        if selector.startswith("@media"):
            inside = _without_unused(body)
            yield f"{selector}{{{inside}}}" if inside else ""
        elif not _KEYFRAMES_OF_UNUSED.match(selector):
            kept = selector if selector.startswith("@") else _used_of(selector)
            yield f"{kept}{{{body}}}" if kept else ""


def _used_of(selectors: str) -> str:
    """Leave out of a list of selectors what names something unused; commas in brackets separate nothing."""
    parts = re.split(r",(?![^(]*\))", selectors)
    return ",".join(part for part in parts if not _OF_UNUSED.search(part))
