"""The look of an element is sent at every change, as by NiceGUI's own, and goes away with its element."""

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from nicegui import Client, element, ui
from nicegui.binding import BindableProperty
from nicegui.outbox import Outbox
from nicegui.page import page

from mycount.web.lean import LeanClasses, LeanProps, LeanStyle, make_elements_lean


@pytest.fixture(autouse=True)
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[tuple[object, str]] = [(element, name) for name in ("Props", "Classes", "Style")]
    for where, name in (*changed, (Outbox, "enqueue_update"), (BindableProperty, "__set__")):
        monkeypatch.setattr(where, name, getattr(where, name))  # set back afterwards
    make_elements_lean()


@contextmanager
def a_page() -> Iterator[Client]:
    client = Client(page("/lean"))
    client._response_built = True  # as if the browser had it
    try:
        with client:
            yield client
    finally:
        client.delete()


def on_a_page(story: Callable[[Client], None]) -> None:
    async def run() -> None:
        with a_page() as client:
            story(client)

    asyncio.run(run())


CHANGES: list[tuple[str, Callable[[ui.element], object]]] = [
    ("a property", lambda it: it.props.update({"label": "Save"})),
    ("a property as text", lambda it: it.props("label=Save")),
    ("what is in a property", lambda it: it.props["rows"][0].update({"name": "Ann"})),
    ("a class", lambda it: it.classes("mc-muted")),
    ("a style", lambda it: it.style("color: red")),
]


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[name for name, _ in CHANGES])
def test_every_change_is_sent(change: Callable[[ui.element], object]) -> None:
    def story(client: Client) -> None:
        it = ui.element("div")
        it.props["rows"] = [{"name": "Bo"}]
        client.outbox.updates.clear()
        change(it)
        assert client.outbox.updates.get(it.id) is it

    on_a_page(story)


def test_nothing_is_noted_before_the_page_is_sent_with_all_of_it() -> None:
    def story(client: Client) -> None:
        client._response_built = False
        it = ui.label("Ann")
        it.set_text("Bo")
        assert dict(client.outbox.updates) == {}
        client._response_built = True
        it.set_visibility(False)
        assert dict(client.outbox.updates) == {it.id: it}

    on_a_page(story)


def test_a_text_and_a_value_that_become_another_are_sent_and_heard_of() -> None:
    def story(client: Client) -> None:
        heard: list[object] = []
        text, field = ui.label("Ann"), ui.input(value="1", on_change=lambda event: heard.append(event.value))
        client.outbox.updates.clear()
        text.set_text("Ann")
        assert dict(client.outbox.updates) == {}
        text.set_text("Bo")
        field.set_value("2")
        field.set_value("2")
        assert (text.text, field.value, heard) == ("Bo", "2", ["2"])
        assert {text.id, field.id} <= set(client.outbox.updates)

    on_a_page(story)


def test_nothing_is_sent_while_it_is_held_back_and_whoever_listens_hears_of_a_change() -> None:
    def story(client: Client) -> None:
        it, other, heard = ui.element("div"), ui.element("div"), []
        it.props.on_change(lambda: heard.append("it"))
        client.outbox.updates.clear()
        with it.props.suspend_updates():
            it.props["label"] = "Save"
        assert it.id not in client.outbox.updates
        other.props["label"] = "Save"
        assert heard == ["it"]

    on_a_page(story)


def test_another_name_and_a_warning_are_those_of_one_element() -> None:
    def story(_client: Client) -> None:
        it, other = ui.element("div"), ui.element("div")
        it.props.add_rename("old", "new")
        it.props["old"] = other.props["old"] = 1
        assert dict(it.props) == {"old": 1, "new": 1}
        assert dict(other.props) == {"old": 1}

    on_a_page(story)


def test_an_element_that_is_deleted_is_freed_at_once() -> None:
    def story(_client: Client) -> None:
        it = ui.element("div").classes("mc-row").style("color: red")
        it.props["rows"] = ({"name": "Bo"},)
        assert [type(it.props), type(it.classes), type(it.style)] == [LeanProps, LeanClasses, LeanStyle]
        kept: list[weakref.ref[object]] = [*map(weakref.ref, (it, it.props, it.classes, it.style))]
        gc.disable()
        try:
            it.delete()
            del it
            assert [one() for one in kept] == [None] * 4
        finally:
            gc.enable()

    on_a_page(story)
