"""The look: where its files are, how every page gets them, and how a person's theme is chosen."""

import copy
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final, Literal

from nicegui import app, ui

from pages.addresses import root
from pages.scripts import MARK

STATIC: Final = Path(__file__).parent / "static"
"""The folder that the server shows as `/static`, to be cached for ever: an address changes with its file."""

VIEWPORT: Final = (
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
)
"""For `ui.run_with(viewport=…)`: uses the whole screen of a phone, and lets the keyboard push sheets up."""

Theme = Literal["system", "light", "dark"]

GROUND: Final = {"light": "#F6F5F1", "dark": "#131210"}
"""What is behind every page: a device paints its own bars, and its splash, in the same colour."""

CODE: Final = "#1C1A17"
"""What QR codes are drawn in, in both themes, on a light ground: not every camera reads light on dark."""

_MAKE_WAY: Final = "window.mycount?.makeWay();"  # what was seen at first goes as the live page comes

_DARK: Final[dict[Theme, bool | None]] = {"system": None, "light": False, "dark": True}


def static_url(name: str) -> str:
    """The address of a file in `STATIC`, with its content's hash; refuses (FileNotFoundError) unknown names."""
    return f"{root()}/static/{name}?v={_version(name)}"


def icon_url(name: str) -> str:
    """The address of one icon of the sprite, for `<use href>`."""
    return f"{static_url('icons.svg')}#{name}"


def add_theme() -> None:
    """Gives every page font, tokens and script; called once, when the program is put together."""
    ui.add_head_html(_head(), shared=True)
    if _MAKE_WAY not in app.config.vue_config_script:
        app.config.vue_config_script += _MAKE_WAY


def use_theme(choice: Theme) -> None:
    """Builds the current page in this theme; called before anything of it is drawn."""
    client = ui.context.client
    client.page = copy.copy(client.page)  # the page object is shared by all visitors
    client.page.dark = _DARK[choice]


def switch_theme(choice: Theme) -> None:
    """Changes the theme of the open page at once."""
    assert choice in _DARK
    ui.run_javascript(f"mycount.theme({json.dumps(choice)})")


def _head() -> str:
    return "\n".join(
        [
            f'<link rel="preload" href="{static_url("inter-latin.woff2")}" as="font" type="font/woff2" crossorigin>',
            f'<link rel="stylesheet" href="{static_url("mycount.css")}">',
            # Nothing refers to icons before the page is drawn. (Browsers take no preload for `<use>`.)
            f'<script nonce="{MARK}">new Image().src = "{static_url("icons.svg")}"</script>',
            *(_theme_color(name, colour) for name, colour in GROUND.items()),
            f'<link rel="icon" href="{static_url("favicon.svg")}" type="image/svg+xml">',
            f'<link rel="apple-touch-icon" href="{static_url("apple-touch-icon.png")}">',
            '<meta name="apple-mobile-web-app-title" content="MyCount">',
            '<meta name="format-detection" content="telephone=no">',
            f'<script nonce="{MARK}" src="{static_url("app.js")}"></script>',
            f'<script nonce="{MARK}" defer src="{static_url("drafts.js")}"></script>',
            f'<script nonce="{MARK}" defer src="{static_url("last_seen.js")}"></script>',
        ]
    )


def _theme_color(name: str, colour: str) -> str:
    # app.js gives both the same colour where somebody has chosen a theme.
    return f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {name})" data-theme="{name}">'


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
