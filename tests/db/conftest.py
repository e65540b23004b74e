"""Databases without tables, of both kinds."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mycount.db.session import Database, open_database
from tests.conftest import administer, named

_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    server: str = request.getfixturevalue("postgresql_server")
    name = f"mycount_bare_{os.getpid()}_{next(_numbers)}"
    administer(server, f'CREATE DATABASE "{name}"')
    yield named(server, name)
    administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def bare(bare_url: str) -> Iterator[Database]:
    """A database with nothing in it, opened."""
    database = open_database(bare_url)
    yield database
    database.close()
