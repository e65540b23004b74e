"""Rules of the code that neither the linter nor the import contracts know; each is seen to find a breach."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.acts import functions

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "pages").rglob("*.py"))
PROGRAM = [*sorted((ROOT / "mycount").rglob("*.py")), *PAGES]

Breach = tuple[int, str]


def service_calls(tree: ast.Module) -> Iterator[Breach]:
    """Find service functions that are called where they stand: they would hold up the event loop."""
    operations = functions().keys()
    local: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "mycount.services":
            local.update((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mycount.services."):
            module = str(node.module).rpartition(".")[2]
            local.update((alias.asname or alias.name, f"{module}.{alias.name}") for alias in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, _, rest = ast.unparse(node.func).partition(".")
            name = f"{local.get(head, '')}.{rest}".rstrip(".")
            if name.removeprefix("mycount.services.") in operations:
                yield node.lineno, f"{name} is called, not handed to call()"


def built_props(tree: ast.Module) -> Iterator[Breach]:
    """Find texts that a browser takes as code or markup and that are put together from others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            texts = node.args if name in {"props", "html"} else node.args[1:] if name == "add_slot" else []
            for text in texts:
                if not isinstance(text, ast.Constant):
                    yield node.lineno, f".{name}() is given {ast.unparse(text)}, which is not written out"


def built_scripts(tree: ast.Module) -> Iterator[Breach]:
    """Find scripts into which something is put that is not written as JSON right there, or one line above."""
    as_json = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_json(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    as_json -= {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and not _is_json(node.value, as_json)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in {"run_javascript", "run_method"}:
            # Of a method only its name is run; what it is given, the framework writes as JSON.
            for script in node.args[:1]:
                if not _is_json(script, as_json):
                    yield (
                        node.lineno,
                        f"{ast.unparse(script)} is run, and not all that is put into it is JSON",
                    )


def _is_json(node: ast.expr, names: set[str]) -> bool:
    """Say whether a text is written out, but for what `json.dumps` has made (here, or under one of the names)."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.JoinedStr):
        inner = (part.value for part in node.values if isinstance(part, ast.FormattedValue))
        return all(_is_json(part, names) for part in inner)
    if not isinstance(node, ast.Call):
        return False
    if ast.unparse(node.func) == "', '.join":  # of what is each made by it
        made = node.args[0]
        return isinstance(made, ast.Call) and ast.unparse(made).startswith("map(json.dumps, ")
    return ast.unparse(node.func) == "json.dumps"


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]


def raw_html(tree: ast.Module) -> Iterator[Breach]:
    """Find what a browser takes as HTML or as styles without looking: where nobody has escaped what is in it."""
    raw = {"html", "markdown", "restructured_text", "mermaid", "add_css", "add_sass", "add_scss", "add_style"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if ast.unparse(node.func.value) == "ui" and node.func.attr in raw:
                yield node.lineno, f"ui.{node.func.attr}() is used"
        elif isinstance(node, ast.keyword) and node.arg == "sanitize":
            yield node.value.lineno, "sanitize= is used"
        elif isinstance(node, ast.Constant) and node.value in {"innerHTML", "v-html", "outerHTML"}:
            yield node.lineno, f"{node.value} is used"


def foreign_links(tree: ast.Module) -> Iterator[Breach]:
    """Find links to what is not plainly an address of our own: one that begins with `javascript:` would be run."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"ui.link", "ui.navigate.to", "ui.open"}:
            to = node.args[-1] if node.args else None
            if not (to is not None and _is_own(to)):
                yield node.lineno, f"{ast.unparse(node)[:80]}: its address is not one of ours for sure"


def _is_own(node: ast.expr) -> bool:
    """Say whether a text begins with one slash, however it goes on."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    if isinstance(node, ast.Call):
        return _name(node.func) == "inside"  # which looks
    text = first.value if isinstance(first, ast.Constant) else ""
    return isinstance(text, str) and text.startswith("/") and not text.startswith("//")


def commits(tree: ast.Module) -> Iterator[Breach]:
    """Find transactions that are ended by hand; they end with their block."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node.lineno, "commit() is called"


def page_decorators(tree: ast.Module) -> Iterator[Breach]:
    """Find pages that are registered by importing a module, and parts that all visitors would share."""
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", []):
            name = ast.unparse(decorator).partition("(")[0]
            if name in {"ui.page", "ui.refreshable"}:
                yield node.lineno, f"@{name} is used"


def bindings(tree: ast.Module) -> Iterator[Breach]:
    """Find what is bound to something else: properties do not tell of their changes here (`mycount/web/lean.py`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("bind"):
            yield node.lineno, f".{node.attr} would never follow"


RULES: list[tuple[Callable[[ast.Module], Iterator[Breach]], list[Path], str]] = [
    (service_calls, PAGES, "from mycount.services import expenses as e\nasync def f(): e.add(1, 2, None)"),
    (service_calls, PAGES, "from mycount.services.groups import see\nx = lambda: see(1, 2)"),
    (built_props, PAGES, "ui.input().props(f'label={name}')"),
    (built_props, PAGES, "ui.input().props('label=' + name)"),
    (built_props, PAGES, "table.add_slot('body', f'<b>{name}</b>')"),
    (built_props, PAGES, "ui.html(note)"),
    (built_scripts, PAGES, "ui.run_javascript(f'say({name})')"),
    (built_scripts, PAGES, "ui.run_javascript('say(' + name + ')')"),
    (built_scripts, PAGES, "script = f'say({name})'\nui.run_javascript(script)"),
    (built_scripts, PAGES, "name = json.dumps(1)\nname = other\nui.run_javascript(f'say({name})')"),
    (raw_html, PAGES, "ui.html('<b>' + name, sanitize=False)"),
    (raw_html, PAGES, "ui.markdown(note)"),
    (raw_html, PAGES, "ui.add_css(f'.x {{ color: {colour} }}')"),
    (raw_html, PAGES, "element.props['innerHTML'] = note"),
    (foreign_links, PAGES, "ui.link(name, address)"),
    (foreign_links, PAGES, "ui.link(name, 'javascript:alert(1)')"),
    (foreign_links, PAGES, "ui.link(name, f'{address}/x')"),
    (foreign_links, PAGES, "ui.navigate.to('//example.org')"),
    (bindings, PAGES, "label.bind_text_from(model, 'name')"),
    (commits, PROGRAM, "with Session() as session: session.commit()"),
    (page_decorators, PAGES, "@ui.page('/')\ndef home(): ..."),
    (page_decorators, PAGES, "@ui.refreshable\ndef home(): ..."),
]


@pytest.mark.parametrize(("find", "sample"), [(find, sample) for find, _, sample in RULES])
def test_a_breach_of_each_rule_is_found(find: Callable[[ast.Module], Iterator[Breach]], sample: str) -> None:
    assert list(find(ast.parse(sample)))


@pytest.mark.parametrize(
    "sample",
    [
        "from mycount.services import expenses\nasync def f(): await call(expenses.add, 1, 2, None)",
        "from mycount.services import expenses, news\nnews.listen('x', print); expenses.Draft()",
        "from mycount.services.views import Draft\nDraft('x')",
        "element.props('dense').props['label'] = name\nelement.add_slot('before')",
        "word = json.dumps(name)\nui.run_javascript(f'say({word}, {json.dumps(2)})')",
        "ui.run_javascript(f\"say({', '.join(map(json.dumps, words))})\")",
        "ui.link(name, f'/groups/{group_id}')\nui.navigate.to('/')",
    ],
)
def test_what_keeps_the_rules_is_not_found(sample: str) -> None:
    assert [breach for find, _, _ in RULES for breach in find(ast.parse(sample))] == []


@pytest.mark.parametrize(
    ("find", "files"),
    {find.__name__: (find, files) for find, files, _ in RULES}.values(),
    ids=list(dict.fromkeys(find.__name__ for find, _, _ in RULES)),
)
def test_the_code_keeps_the_rule(find: Callable[[ast.Module], Iterator[Breach]], files: list[Path]) -> None:
    assert files
    found = [
        f"{file.relative_to(ROOT)}:{line} {what}"
        for file in files
        for line, what in find(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []
