"""What tests of several documents need."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, make_url

from tests.conftest import administer, named
from tests.delivery.database_role import make_role


@pytest.fixture
def compose(postgresql_server: str) -> Iterator[URL]:
    """A server with the database and the role that compose makes; gives the URL of the one for the other."""
    administer(postgresql_server, "CREATE DATABASE mycount")
    url = make_url(named(postgresql_server, "mycount"))
    make_role(url)
    yield url.set(username="mycount")
    for name in ("mycount", "restored"):
        administer(postgresql_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    administer(postgresql_server, "DROP ROLE mycount")
