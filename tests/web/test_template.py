"""The page around the pages: one style sheet of the framework, and in it all that the pages use."""

import re
from pathlib import Path

import nicegui
from nicegui.dependencies import js_components

import pages.group
from mycount.web import components
from mycount.web.framework_css import framework_css
from tests.asking import ask
from tests.web.site import Site

STATIC = Path(nicegui.__file__).parent / "static"
WHOLE = "".join((STATIC / f"quasar.{name}.prod.css").read_text() for name in ("unimportant", "important"))
PAGES = Path(pages.__file__).parent
CLASS = re.compile(r"(?<![\w-])q-[a-z][\w-]*")


def test_a_page_waits_for_one_style_sheet_of_the_framework_and_for_nothing_that_hides_it(site: Site) -> None:
    page = ask(f"{site.url}/sign-in").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert len(sheets) == 1
    assert "@import" not in page
    assert not re.search(r"#esm-fallback\s*~", page)
    answer = ask(site.url + sheets[0])
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]


def test_everything_that_is_drawn_of_the_framework_has_its_style() -> None:
    used = {name for file in PAGES.rglob("*.[pjc][ys]*") for name in CLASS.findall(file.read_text("utf-8"))}
    styled = {name for name in used if re.search(rf"\.{name}(?![\w-])", WHOLE)}
    assert len(styled) > 15
    assert {name for name in styled if not re.search(rf"\.{name}(?![\w-])", framework_css())} == set()


def test_the_framework_keeps_the_order_of_its_layers() -> None:
    template = (STATIC.parent / "templates" / "index.html").read_text()
    order = re.search(r"@layer ([\w, ]+);", template)
    assert order is not None
    assert framework_css().startswith(f"@layer {order[1].replace(' ', '')};")
    assert len(framework_css()) < len(WHOLE) / 2
    assert framework_css().count("{") == framework_css().count("}")


def test_our_components_come_in_one_file_that_names_each_as_the_page_does() -> None:
    files = sorted(file.stem for file in (PAGES / "components").glob("*.js"))
    assert re.findall(r"^export const (\w+) = ", components.in_one(), re.MULTILINE) == files
    named = {
        one.path.stem: one.tag for one in js_components.values() if one.path.parent == PAGES / "components"
    }
    assert len(named) > 15
    assert [tag for stem, tag in named.items() if tag != f"nicegui-{stem}"] == []
