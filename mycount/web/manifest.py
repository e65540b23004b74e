"""What a device needs to know to install MyCount as an app: its names, icons and colours, and where it begins."""

from typing import Any, Final

from babel import Locale
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mycount.domain.words import N_
from mycount.web.plain import Voice
from pages.addresses import root
from pages.language import languages
from pages.theme import GROUND, static_url

_ABOUT: Final = N_("Share expenses with friends, and see who owes whom.")
_ICONS: Final = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon.svg", "any", "any"),
    ("icon-maskable-192.png", "192x192", "maskable"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)


def routes() -> list[Route]:
    """Give the route of the manifest; `language` and `theme` in its address are those of whoever installs."""
    return [Route("/manifest.webmanifest", _manifest)]


async def _manifest(request: Request) -> Response:
    given = request.query_params
    voice = Voice(given["language"]) if given.get("language") in languages() else Voice.to(request.scope)
    ground = GROUND["dark" if given.get("theme") == "dark" else "light"]
    return JSONResponse(
        _described(voice, ground),
        headers={"Cache-Control": "no-cache"},
        media_type="application/manifest+json",
    )


def _described(voice: Voice, ground: str) -> dict[str, Any]:
    start = f"{root()}/"
    return {
        "id": start,
        "name": "MyCount",
        "short_name": "MyCount",
        "description": voice.say(_ABOUT),
        "lang": voice.language,
        "dir": Locale.parse(voice.language).text_direction,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": ground,  # of the screen that a device shows until the first page is there
        "theme_color": ground,
        "categories": ["finance", "lifestyle", "travel"],
        "icons": [
            {"src": static_url(name), "sizes": sizes, "type": _type(name), "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
        "shortcuts": [
            _shortcut(voice.say(N_("Add expense")), f"{start}?add"),  # static/last_seen.js goes on from there
            _shortcut(voice.say(N_("Groups")), start),
            _shortcut(voice.say(N_("Activity")), f"{start}activity"),
        ],
    }


def _shortcut(name: str, address: str) -> dict[str, Any]:
    icon = {"src": static_url("icon-192.png"), "sizes": "192x192", "type": "image/png"}
    return {"name": name, "url": address, "icons": [icon]}


def _type(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "image/png"
