"""A real server in a process of its own, with a few pages, to be asked over HTTP and by socket."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.site import Site

Start = Callable[..., Site]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start servers with settings of their own; they are stopped at the end."""
    sites: list[Site] = []

    def begin(**settings: object) -> Site:
        sites.append(Site(tmp_path / f"site{len(sites)}", settings))
        return sites[-1]

    yield begin
    for site in sites:
        site.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that is ready; the tests of a module share it."""
    shared = Site(tmp_path_factory.mktemp("site"), {})
    try:
        yield shared.ready()
    finally:
        shared.stop()
