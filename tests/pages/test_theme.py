"""The look: legible in both themes, complete, and cached safely."""

import ast
import re
from pathlib import Path

import pytest

from pages import theme

ROOT = Path(__file__).parents[2]
CSS = (theme.STATIC / "mycount.css").read_text(encoding="utf-8")
TEXTS = ("ink", "muted", "brand", "owed", "owe", "gold")
GROUNDS = ("bg", "surface", "sunken", "raised", "brand-soft", "owe-soft", "gold-soft")


def tokens(selector: str) -> dict[str, str]:
    """The colours that a rule gives to the tokens."""
    block = CSS[CSS.index(selector) :].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+):(#[0-9A-Fa-f]{6})", block))


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT, DARK = tokens(":root{color-scheme:light"), tokens("[data-theme=dark]{")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(colours: dict[str, str]) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("brand-ink", "brand"), ("bg", "ink"), ("inverse-brand", "ink")]
    poor = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert poor == []


def test_initials_can_be_read_on_every_persons_colour() -> None:
    colours = re.findall(r"\.mc-avatar--\d\{background:(#[0-9A-F]{6})", CSS)
    assert len(colours) == 8
    assert [colour for colour in colours if contrast("#FFFFFF", colour) < 4.5] == []


def test_dark_is_the_same_by_choice_and_by_system() -> None:
    assert tokens(":root:not([data-theme=light])") == DARK
    assert LIGHT.keys() == DARK.keys()


def test_no_rule_lets_browsers_style_a_whole_page_anew_for_one_element() -> None:
    """They do so for whatever comes into a page, once one rule reads "something below what :has(…), whatever it is"."""
    selectors = re.findall(r"(?:^|[{}])([^{}@;]*:has\([^{}]*)\{", re.sub(r"/\*.*?\*/", "", CSS, flags=re.S))
    assert len(selectors) > 20
    ends = [end for selector in selectors for end in re.split(r"[,\s>+~]", _without_brackets(selector))]
    assert [end for end in ends if end == ":not" or end.startswith("*")] == []


def _without_brackets(selector: str) -> str:
    while "(" in selector:
        selector = re.sub(r"\([^()]*\)", "", selector)
    return selector


def test_what_devices_paint_around_a_page_has_its_colour() -> None:
    """Three places cannot ask the stylesheet: what is in the head, the script before the first paint, plain pages."""
    script = (theme.STATIC / "app.js").read_text(encoding="utf-8")
    painted = dict(re.findall(r'(light|dark): "(#[0-9A-F]{6})"', script))
    assert theme.GROUND == painted == {"light": LIGHT["bg"], "dark": DARK["bg"]}
    plain = (ROOT / "mycount" / "web" / "plain.py").read_text(encoding="utf-8")
    written = re.findall(r"--([a-z-]+):(#[0-9A-F]{6})", plain)
    assert {name for name, _ in written} > {"bg", "ink"}
    assert [one for one in written if one[1] not in (LIGHT[one[0]], DARK[one[0]])] == []


def test_no_page_names_a_colour() -> None:
    files = [path for path in (ROOT / "pages").rglob("*") if path.suffix in (".py", ".js")]
    named = {path.name for path in files if _COLOUR.search(path.read_text(encoding="utf-8"))}
    assert named == {"theme.py", "app.js"}


_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|\b(?:rgba?|hsla?|oklch)\(")


def test_the_stylesheet_has_no_class_that_nobody_uses() -> None:
    """A name that is put together (mc-btn--{kind}) counts by what it begins with."""
    files = [path for folder in ("pages", "mycount") for path in (ROOT / folder).rglob("*")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".js"))
    whole = set(re.findall(r"mc-\w+(?:-+\w+)*", sources))
    begun = tuple(re.findall(r"mc-(?:[\w-]*--|h)(?=[{'\"])", sources))
    unused = [
        name for name in re.findall(r"\.(mc-[\w-]+)", CSS) if name not in whole and not name.startswith(begun)
    ]
    assert unused == []


def test_the_address_of_a_file_changes_with_its_content() -> None:
    written = re.findall(r"url\(([a-z.-]+woff2)\?v=([0-9a-f]{8})\)", CSS)
    assert written
    assert [theme.static_url(name) for name, _ in written] == [f"/static/{name}?v={v}" for name, v in written]


def test_every_icon_that_the_program_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'symbol id="(\w+)"', (theme.STATIC / "icons.svg").read_text(encoding="utf-8")))
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "pages" / "components").glob("*.js")]
    named = {name for script in scripts for name in re.findall(r"'#(\w+)'", script)}
    for path in (ROOT / "pages").rglob("*.py"):
        named |= set(_first_icons(ast.parse(path.read_text(encoding="utf-8"))))
    assert named - sprite == set()


def test_the_sprite_has_no_icon_that_nobody_names() -> None:
    """Everybody loads it with their first page."""
    files = [path for folder in ("pages", "mycount") for path in (ROOT / folder).rglob("*")]
    sources = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".js")]
    named = {word for source in sources for word in re.findall(r"""["'#](\w+)(?=["'])""", source)}
    sprite = set(re.findall(r'symbol id="(\w+)"', (theme.STATIC / "icons.svg").read_text(encoding="utf-8")))
    assert sprite - named == set()


def _first_icons(tree: ast.Module) -> list[str]:
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    first = [call.args[0] for call in calls if call.func.id in ("icon", "tile", "icon_button") and call.args]  # type: ignore[attr-defined]
    return [node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)]
