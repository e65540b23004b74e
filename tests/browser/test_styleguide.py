"""The page with all components is there for developers, free of barriers, and nowhere else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.accessible import barriers
from tests.browser.fitting import fits
from tests.browser.person import Person
from tests.browser.stage import Stage, staged
from tests.server import Server

ADDRESS = "/_styleguide"
FOR_DEVELOPERS = ("-m", "tools.styleguide")


def test_developers_see_every_component_and_none_keeps_anybody_out(
    sqlite_url: str, tmp_path: Path, person: Callable[..., Person]
) -> None:
    with Server(sqlite_url, tmp_path, program=FOR_DEVELOPERS) as server, staged(server, person) as stage:
        alma = stage("Alma").outside("Alma", viewport={"width": 320, "height": 640})
        alma.open(ADDRESS)
        fits(alma)
        assert barriers(alma) == []


def test_whoever_is_served_as_usual_finds_no_such_page(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma").outside("Alma")
    answer = alma.page.goto(ADDRESS)
    assert answer is not None and answer.status == 404


@pytest.mark.parametrize("program", [("-m", "mycount"), FOR_DEVELOPERS])
def test_in_production_there_is_no_such_page_however_it_is_started(
    sqlite_url: str, tmp_path: Path, person: Callable[..., Person], program: tuple[str, ...]
) -> None:
    production = {"MYCOUNT_ENVIRONMENT": "production"}
    with (
        Server(sqlite_url, tmp_path, program=program, **production) as server,
        staged(server, person) as stage,
    ):
        alma = stage("Alma").outside("Alma")
        answer = alma.page.goto(ADDRESS)
        assert answer is not None and answer.status == 404
