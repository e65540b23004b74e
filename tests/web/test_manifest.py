"""What a device is told for installing MyCount as an app: complete, in one's language, and right below a path too."""

import struct
from typing import Any

import httpx
import pytest

from tests.web.conftest import Start
from tests.web.site import Site

PNG = b"\x89PNG\r\n\x1a\n"


def manifest(visitor: httpx.Client, below: str = "", **asked: str) -> dict[str, Any]:
    """Get the manifest as a browser does."""
    answer = visitor.get(f"{below}/manifest.webmanifest", params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/manifest+json")
    described: dict[str, Any] = answer.json()
    return described


def size(picture: bytes) -> str:
    """Give the size of a PNG as manifests write it."""
    assert picture.startswith(PNG)
    return "{}x{}".format(*struct.unpack(">II", picture[16:24]))


@pytest.mark.parametrize("below", ["", "/money"], ids=["at the root", "below a path"])
def test_everything_that_it_names_is_there(start: Start, below: str) -> None:
    visitor = start(**({"public_url": f"https://example.org{below}"} if below else {})).ready().visitor()

    told = manifest(visitor, below)

    assert (told["name"], told["short_name"], told["display"]) == ("MyCount", "MyCount", "standalone")
    assert told["start_url"] == told["scope"] == told["id"] == f"{below}/"
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= {
        (icon["sizes"], icon["purpose"]) for icon in told["icons"]
    }
    for icon in told["icons"] + [icon for shortcut in told["shortcuts"] for icon in shortcut["icons"]]:
        assert icon["src"].startswith(f"{below}/static/")
        answer = visitor.get(icon["src"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, icon["type"])
        assert "immutable" in answer.headers["cache-control"]
        if icon["type"] == "image/png":
            assert size(answer.content) == icon["sizes"]
    for shortcut in told["shortcuts"]:
        assert shortcut["name"] and shortcut["url"].startswith(told["scope"])


def test_it_speaks_the_language_and_has_the_colours_of_whoever_installs(site: Site) -> None:
    visitor = site.visitor()

    plain = manifest(visitor)
    chosen = manifest(visitor, language="de", theme="dark")
    odd = manifest(visitor, language="../../etc", theme="no")

    assert (plain["lang"], plain["dir"], plain["theme_color"]) == ("en", "ltr", "#F6F5F1")
    assert (chosen["lang"], chosen["theme_color"]) == ("de", "#131210")
    assert chosen["background_color"] == chosen["theme_color"]
    assert chosen["description"] != plain["description"]
    assert odd == plain
    assert manifest(visitor, language="ar")["dir"] == "rtl"
