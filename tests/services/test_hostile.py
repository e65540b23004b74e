"""Whatever is given for any argument of any service function is stored clean or refused, by both databases alike.

Made from the signatures: a function without a good call, and an argument of which nobody knows what is hostile for it,
fail here.
"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import Enum
from typing import Any, get_type_hints

import pytest
from sqlalchemy import event

from mycount.db.session import Database
from mycount.db.tables import Base
from mycount.domain.errors import Refusal
from mycount.services import attempts, passwords, shared
from tests.conftest import emptied, opened, used
from tests.services.acts import functions
from tests.services.good_calls import GOOD, Given, Here
from tests.services.hostile import hostile
from tests.world import Snapshot, World

Outcome = tuple[object, ...]
_TOKEN = 43  # characters, of which no two are the same
_OF_ITSELF = {"id", "token_hash", "ticket_hash", "seed", "password_hash", "submit_key"}
"""Columns that differ each time: numbers and random bits. Keys are compared where they are given."""


@pytest.fixture
def databases(sqlite_url: str, postgresql_shared: Database) -> dict[str, Callable[[], Any]]:
    """How to use an empty database of each kind."""
    emptied(postgresql_shared)
    return {
        "sqlite": lambda: contextmanager(opened)(sqlite_url),
        "postgresql": lambda: contextmanager(used)(postgresql_shared),
    }


def test_every_service_function_has_a_good_call_with_all_its_arguments(world: World) -> None:
    assert functions().keys() == GOOD.keys()
    here = Here(world)
    for name, function in functions().items():
        assert GOOD[name](here).keys() == inspect.signature(function).parameters.keys(), name


def test_a_kind_of_argument_that_nobody_knows_fails() -> None:
    with pytest.raises(TypeError, match="what is hostile for"):
        list(hostile(complex, 1j))


@pytest.mark.parametrize("name", GOOD)
def test_what_nobody_means_is_refused_or_stored_clean_and_by_both_databases_alike(
    databases: dict[str, Callable[[], Any]], name: str
) -> None:
    seen: dict[str, list[tuple[str, Outcome]]] = {}
    for kind, opening in databases.items():
        with opening() as database:
            seen[kind] = list(_outcomes(World(database), name))
    for of_sqlite, of_postgresql in zip(seen["sqlite"], seen["postgresql"], strict=True):
        assert of_sqlite == of_postgresql


def _outcomes(world: World, name: str) -> Iterator[tuple[str, Outcome]]:
    """Call a function well, and then with one argument hostile at a time; give what was given and what came of it."""
    here, function = Here(world), functions()[name]
    good, hints = GOOD[name](here), get_type_hints(inspect.unwrap(function))
    before = world.snapshot()
    with _writes(world.database) as written:
        for about, given in _calls(function, good, hints):
            attempts.forget()
            outcome = _outcome(function, given)
            if written:
                after = world.snapshot()
                assert outcome[0] == "done" or after == before, f"{about}: refused, and something was changed"
                outcome = (outcome[0], *_changed(before, after))
                assert _is_even(after)
                if after != before:
                    world.put_back(before)
                shared.forget()
                written.clear()
            yield about, outcome
    assert world.snapshot() == before


def _calls(
    function: Callable[..., object], good: Given, hints: dict[str, Any]
) -> Iterator[tuple[str, Given]]:
    yield "the good call", good
    few = passwords.is_slow(function)
    for argument, value in good.items():
        for number, bad in enumerate(hostile(hints[argument], value, few=few)):
            yield f"{argument} {number}: {ascii(bad)[:300]}", {**good, argument: bad}


def _outcome(function: Callable[..., object], given: Given) -> Outcome:
    """Call, and say what came of it: only a refusal in words that can be sent, or what is given back."""
    try:
        return ("done", _plain(function(**given)))
    except Refusal as refusal:
        said = str(refusal)
        assert said.encode().isascii() or said
        assert 0 < len(said) < 400
        return (type(refusal).__name__, said, refusal.field)


@contextmanager
def _writes(database: Database) -> Iterator[list[None]]:
    """Give a list that grows with each transaction that may have written something."""
    written: list[None] = []

    def note(connection: Any) -> None:
        if connection.get_execution_options().get("mycount_writes"):
            written.append(None)

    with ExitStack() as stack:
        event.listen(database.engine, "commit", note)
        stack.callback(event.remove, database.engine, "commit", note)
        yield written


def _changed(before: Snapshot, after: Snapshot) -> Iterator[object]:
    """Give the rows that are there now and were not, and how many are gone, without what differs each time."""
    for table in Base.metadata.sorted_tables:
        old, new = before[table.name], after[table.name]
        rows = [
            {
                column.name: _plain(value)
                for column, value in zip(table.columns, row, strict=True)
                if column.name not in _OF_ITSELF and not column.foreign_keys and not column.primary_key
            }
            for row in new
            if row not in old
        ]
        if rows or len(old) != len(new):
            yield table.name, len(new) - len(old), rows


def _is_even(after: Snapshot) -> bool:
    """Say whether all balances add up to nothing."""
    names = [column.name for column in Base.metadata.tables["member_balance"].columns]
    return sum(row[names.index("balance")] for row in after["member_balance"]) == 0


def _plain(value: Any) -> Any:
    """Give what can be compared between two databases: no moments, and no secrets."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in dataclasses.fields(value) if one.name not in _OF_ITSELF - {"id"}]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, datetime):
        return "a moment"
    if isinstance(value, str) and not isinstance(value, Enum) and len(value) == _TOKEN:
        return "a token"
    if isinstance(value, str):
        value.encode()
        assert "\0" not in value
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
