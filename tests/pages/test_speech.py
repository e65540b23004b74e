"""Everybody is spoken to in their own language, also while a page is being drawn in one go for somebody else."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import Client, core, ui
from pytest import MonkeyPatch
from starlette.requests import Request

from pages.speech import one_speech, speech


def test_what_is_drawn_in_one_go_is_in_the_language_of_its_page_and_nothing_after_it_is(
    monkeypatch: MonkeyPatch,
) -> None:
    async def story() -> None:
        monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
        with _page("de") as german, _page("fr") as french:
            with german, one_speech():
                assert speech().language == "de"
                inside = asyncio.create_task(_language())
            with french:
                assert speech().language == "fr"
                with one_speech():
                    assert speech().language == "fr"
            with german:
                assert speech().language == "de"
            assert await inside == "de"
            assert speech().language == "en"

    asyncio.run(story())


async def _language() -> str:
    return speech().language


@contextmanager
def _page(language: str) -> Iterator[Client]:
    headers = [(b"accept-language", language.encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
    client = Client(ui.page("/"), request=Request(scope))
    yield client
    client.delete()
