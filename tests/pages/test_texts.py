"""No text is shown to people that was not given to translation; the rule is seen to find what breaks it."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NewType

import pytest

import pages
from mycount.domain import errors

Breach = tuple[int, str]

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
PROGRAM = [*sorted((ROOT / "mycount").rglob("*.py")), *PAGES]

SCRIPTS = sorted((ROOT / "pages").rglob("*.js"))

SHOWN = frozenset({
    "act", "caption", "close_label", "content", "field_label", "hint", "label", "lost", "mark", "nothing",
    "options", "placeholder", "sentence", "show_label", "text", "title", "undo_label",
})  # fmt: skip
"""Parameters with these names are read by people, in all our elements; so are these properties of any element."""

SHOWN_PROPS = SHOWN | {"alt", "aria-description", "aria-label", "data-back", "data-lost", "undo"}
NICEGUI = {"button", "item", "label", "link", "menu_item", "notify", "page_title", "set_text", "tooltip"}
"""What NiceGUI shows of these is their first argument."""

REFUSALS = {name for name in vars(errors) if name[0].isupper()}
SAME_EVERYWHERE = ("MyCount",)
"""Names that no language writes in another way."""


_TEXT = r"aria-label|aria-description|title|placeholder|alt"
_SCRIPTED = re.compile(
    rf"""(?<=[\w"'/`])>([^<>`]*)(?=</?[a-z])          # between two tags
    | (?<=\s)(?:{_TEXT})="([^"]*)"                   # an attribute, unless bound by a colon
    | \b(?:say|alert|confirm)\(\s*["'`]([^"'`]*)     # said aloud
    | \.(?:textContent|innerText|innerHTML|placeholder|title|ariaLabel)\s*=\s*["'`]([^"'`]*)
    | setAttribute\(\s*["'](?:{_TEXT})["'],\s*["'`]([^"'`]*)""",
    re.VERBOSE,
)


def shown_texts(tree: ast.Module) -> Iterator[Breach]:
    """Find texts that an element shows as they are written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            shown = _read_by_people(node)
        elif isinstance(node, ast.Assign) and any(map(_is_shown, node.targets)):
            shown = [node.value]
        else:
            continue
        yield from ((node.lineno, text) for value in shown for text in _texts(value))


def refusals(tree: ast.Module) -> Iterator[Breach]:
    """Find refusals whose words are not marked for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in REFUSALS:
            yield from ((node.lineno, text) for value in node.args[:1] for text in _texts(value))


@pytest.mark.parametrize(
    "sample",
    [
        "button('Save', 'check')",
        "button(_('Save') if is_new else 'Keep')",
        "icon_button('close', 'Close')",
        "heading(1, f'Hello {name}')",
        "field(_('Name'), placeholder='Lisbon 2026')",
        "segments({'light': 'Light'}, 'light', label=_('Theme'))",
        "choice(_('Role'), {'member': 'Member'}, 'member')",
        "toast('Saved', undo, _('Undo'))",
        "empty_state('even', 'Nothing here.')",
        "with sheet('Settings', _('Close')): pass",
        "form.ends_with('Save')",
        "ui.label('Welcome')",
        "label.set_text('Welcome')",
        "Entry(1, 'Settings', opens=True)",
        "link.props['aria-label'] = 'Back'",
        "field.error = 'No'",
    ],
)
def test_a_text_that_bypasses_translation_is_found(sample: str) -> None:
    assert list(shown_texts(ast.parse(sample)))


def test_a_refusal_that_bypasses_translation_is_found() -> None:
    assert list(refusals(ast.parse("raise Invalid('Enter an amount.', field='amount')")))


@pytest.mark.parametrize(
    "sample",
    [
        "button(_('Save'), 'check', kind='soft')",
        "segments({'light': _('Light')}, 'light', label=_('Theme'))",
        "ui.page_title(f'{title} · MyCount')",
        "ui.label('MyCount')",
        "caption(f'{money(12)} · {name}')",
        "button.props['type'] = 'submit'",
        "raise Invalid(N_('Enter an amount.'), field='amount')",
    ],
)
def test_what_is_translated_or_no_text_is_not_found(sample: str) -> None:
    tree = ast.parse(sample)
    assert [*shown_texts(tree), *refusals(tree)] == []


def test_sentences_are_filled_where_what_is_filled_in_is_isolated() -> None:
    """`_` keeps a name or an amount from turning the sentence around it when one of them runs from right to left."""
    fills = [path.name for path in PAGES if "format" in map(_called, _calls(path))]
    assert fills == ["words.py"]


def test_what_people_have_typed_runs_as_its_own_letters_do() -> None:
    """A name that stands alone is `given`: else "Åsa!" would be seen as "!Åsa" on a page from right to left."""
    bare = [
        f"{path.name}:{call.lineno}"
        for path in PAGES
        for call in _calls(path)
        if _called(call) in ("Text", "caption", "heading", "label", "text") and any(map(_is_given, call.args))
    ]
    assert bare == []


@pytest.mark.parametrize(("find", "files"), [(shown_texts, PAGES), (refusals, PROGRAM)])
def test_no_text_bypasses_translation(
    find: Callable[[ast.Module], Iterator[Breach]], files: list[Path]
) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} shows “{text}”"
        for file in files
        for line, text in find(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def scripted_texts(script: str) -> Iterator[Breach]:
    """Find words in a script that a browser shows or reads aloud as they are written there."""
    for found in _SCRIPTED.finditer(script):
        text = re.sub(r"{{.*?}}|\$\{.*?\}|&\w+;", "", next(filter(None, found.groups()), ""), flags=re.DOTALL)
        if _has_words(text):
            yield script.count("\n", 0, found.start()) + 1, text.strip()


@pytest.mark.parametrize(
    "sample",
    [
        "template: `<button>Save</button>`",
        'template: `<b :class="{ a: b > c }">{{ row.title }} paid</b>`',
        'template: `<ul aria-label="Expenses">`',
        'template: `<img alt="A sailing boat" :src="x">`',
        "mycount.say('Saved');",
        "say(`Saved ${n}`)",
        'title.textContent = "Offline";',
        'input.placeholder = "Search";',
        'element.setAttribute("aria-label", "Close")',
    ],
)
def test_a_text_in_a_script_is_found(sample: str) -> None:
    assert list(scripted_texts(sample))


@pytest.mark.parametrize(
    "sample",
    [
        "template: `<button :aria-label=\"row.act + ': ' + row.title\">{{ label }}</button>`",
        'template: `<span v-if="sign && !signAfter" aria-hidden="true">{{ sign }} ·&nbsp;</span>`',
        'say(text); region.textContent = "";',
        'element.setAttribute("role", "status")',
    ],
)
def test_what_a_script_is_given_to_show_is_not_found(sample: str) -> None:
    assert list(scripted_texts(sample)) == []


def test_no_script_says_anything_of_its_own() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} shows “{text}”"
        for file in SCRIPTS
        for line, text in scripted_texts(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def _read_by_people(call: ast.Call) -> list[ast.expr]:
    name = _called(call)
    places = _elements().get(name, set()) | ({0} if name in NICEGUI else set())
    by_place = [argument for place, argument in enumerate(call.args) if place in places]
    return by_place + [word.value for word in call.keywords if word.arg in SHOWN and name in _elements()]


def _is_shown(target: ast.expr) -> bool:
    """Say whether what is assigned to is read by people: element.props["title"], field.error."""
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        is_props = isinstance(target.value, ast.Attribute) and target.value.attr == "props"
        return is_props and target.slice.value in SHOWN_PROPS
    return isinstance(target, ast.Attribute) and target.attr == "error"


def _texts(value: ast.expr) -> Iterator[str]:
    """Give the texts in words that an expression comes to as they are written; not those within calls."""
    parts: list[ast.expr] = []
    match value:
        case ast.Constant(value=str(text)) if _has_words(text):
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.Dict(values=parts):
            pass
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            pass
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            parts = [one, other]
    for part in parts:
        yield from _texts(part)


def _has_words(text: str) -> bool:
    for name in SAME_EVERYWHERE:
        text = text.replace(name, "")
    return any(letter.isalpha() for letter in text)


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _is_given(value: ast.expr) -> bool:
    """Say whether an argument is nothing but somebody's name, or what something was called by somebody."""
    if isinstance(value, ast.Call):
        return _called(value) in ("own_name", "title_of", "who")
    return isinstance(value, ast.Attribute) and value.attr in ("name", "title", "note")


def _called(call: ast.Call) -> str:
    """Give the last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@cache
def _elements() -> Mapping[str, set[int]]:
    """Give everything in the pages that takes texts to be read, with their places among its arguments."""
    found = defaultdict[str, set[int]](set)
    for module in _modules():
        own = {
            name: thing
            for name, thing in vars(module).items()
            if getattr(thing, "__module__", "") == module.__name__ and callable(thing)
        }
        for name, thing in own.items():
            found[name] |= _shown_places(thing)
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if not method.startswith("__"):
                    found[method] |= {place - 1 for place in _shown_places(function)}
    return {name: places for name, places in found.items() if places}


def _shown_places(taker: Callable[..., Any]) -> set[int]:
    if isinstance(taker, NewType) or (isinstance(taker, type) and issubclass(taker, Exception)):
        return set()  # a name for a type has no signature, nor has one that takes what every exception takes
    return {place for place, name in enumerate(inspect.signature(taker).parameters) if name in SHOWN}


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(pages.__path__, "pages."):
        yield importlib.import_module(found.name)
