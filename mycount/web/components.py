"""All our components of the browser as one file, fetched with the page, in place of a file for each."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from nicegui import client
from nicegui.element import Element
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.elements.components import COMPONENTS

_PATH: Final = "/static/components.js"
_EXPORT: Final = "export default {"
_REGISTERED: Final = 'Object.entries(ours).forEach(([name, one]) => app.component("nicegui-" + name, one));'
Resources = tuple[list[str], list[str], list[str], dict[str, str], list[str], list[str]]


def routes() -> list[Route]:
    """Give the route of the file, to come before the folder of our own files."""
    return [Route(_PATH, _answer)]


def gather() -> None:
    """Let every page get our components from the one file. Doing so again changes nothing."""
    module: Any = client
    original = module.generate_resources
    if getattr(original, "gathers", False):
        return

    def generate_resources(prefix: str, elements: Iterable[Element]) -> Resources:
        shown = list(elements)
        written: Resources = original(prefix, [one for one in shown if not _is_ours(one)])
        if any(_is_ours(one) for one in shown):
            address = f"{prefix}{_PATH}?v={_version()}"
            written[4].extend([f'import * as ours from "{address}";', _REGISTERED])
            written[5].append(address)
            _know_all(shown[0])
        return written

    generate_resources.gathers = True  # type: ignore[attr-defined]
    module.generate_resources = generate_resources


@cache
def in_one() -> str:
    """Write all components into one module, each under the name of its file."""
    return "\n".join(_named(file) for file in _files())


def _files() -> list[Path]:
    return sorted(COMPONENTS.glob("*.js"))


def _named(file: Path) -> str:
    """Give what the file exports a name; whatever else it defines stays within."""
    before, export, after = file.read_text(encoding="utf-8").partition(_EXPORT)
    assert export, f"{file} exports no component"
    return f"export const {file.stem} = (() => {{\n{before}return {{{after}}})();"


@cache
def _version() -> str:
    return hashlib.sha256(in_one().encode()).hexdigest()[:8]


def _is_ours(element: Element) -> bool:
    return element.component is not None and element.component.path.parent == COMPONENTS


def _know_all(element: Element) -> None:
    """Keep the server from sending for components that are there, once one is drawn later."""
    element.client.outbox._loaded_components.update(file.stem for file in _files())


async def _answer(_: Request) -> Response:
    return Response(in_one(), media_type="text/javascript")
