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


RULES: list[tuple[Callable[[ast.Module], Iterator[Breach]], list[Path], str]] = [
    (service_calls, PAGES, "from mycount.services import expenses as e\nasync def f(): e.add(1, 2, None)"),
    (service_calls, PAGES, "from mycount.services.groups import see\nx = lambda: see(1, 2)"),
    (built_props, PAGES, "ui.input().props(f'label={name}')"),
    (built_props, PAGES, "ui.input().props('label=' + name)"),
    (built_props, PAGES, "table.add_slot('body', f'<b>{name}</b>')"),
    (built_props, PAGES, "ui.html(note)"),
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
