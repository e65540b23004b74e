"""Downloads of a group: whoever may see it gets all of it, nobody else anything, and no client costs much."""

import asyncio
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI

from mycount.services import export, members, sessions
from mycount.web import errors, exports
from mycount.web.exports import MOST, MOST_OF_ONE, Exports
from mycount.web.origin import Home
from tests.world import Scene, World

Message = MutableMapping[str, Any]


@dataclass
class Answer:
    """What arrived; `is_whole` unless it was cut off."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_whole: bool = False


class Site:
    """The routes of exports, asked as a server asks them."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self._app = FastAPI()
        errors.install(self._app)
        self._app.router.routes.extend(Exports(Home(), self.refused.append).routes())

    async def ask(
        self,
        path: object,
        token: str = "",
        *,
        method: str = "GET",
        accept: str = "text/html",
        taken: Callable[[Answer], Any] | None = None,
        leaves: asyncio.Event | None = None,
    ) -> Answer:
        """Ask once; `taken` is awaited at each piece that arrives, the client is gone when `leaves` is set."""
        answer = Answer()

        async def receive() -> Message:
            await (leaves or asyncio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
                return
            answer.body += message["body"]
            answer.is_whole = not message.get("more_body")
            if taken and not answer.is_whole:
                await taken(answer)

        await self._app(_scope(str(path), token, method, accept), receive, send)
        return answer


def _scope(path: str, token: str, method: str, accept: str) -> Message:
    headers = [(b"accept", accept.encode()), (b"cookie", f"mycount_session={token}".encode())]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": headers,
    }


def get(path: str, token: str = "", **options: Any) -> Answer:
    """Ask a site of its own once."""
    return asyncio.run(Site().ask(path, token, **options))


@pytest.fixture
def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A group of two with ten expenses, which are five stretches."""
    monkeypatch.setattr(export, "STRETCH", 2)
    scene = world.group("Ann", "Bo")
    for number in range(10):
        scene.add(100 + number, "Ann", title=f"Secret dinner {number}")
    return scene


PATHS = ("export.csv", "export.json")


@pytest.mark.parametrize("name", PATHS)
def test_every_role_and_a_guest_get_all_of_it(world: World, scene: Scene, name: str) -> None:
    people = [scene.owner, world.join(scene, "Vic", "viewer"), world.join(scene, "Abe", "administrator")]
    answers = [get(f"/groups/{scene.id}/{name}", world.device(user)) for user in people]
    for answer in answers:
        assert (answer.status, answer.is_whole) == (200, True)
        assert answer.body.count(b"Secret dinner") == 10
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith('attachment; filename="Lisbon 2026 ')
        assert answer.headers["content-type"] in ("text/csv; charset=utf-8", "application/json")


@pytest.mark.parametrize("name", PATHS)
def test_nobody_else_gets_anything(world: World, scene: Scene, name: str) -> None:
    path = f"/groups/{scene.id}/{name}"
    removed = world.device(world.join(scene, "Rae"))
    members.remove(scene.owner, scene.id, scene.members["Rae"])
    ended = world.device(scene.owner)
    sessions.end(ended)

    stranger = world.device(world.group("Sue").owner)
    refusals = [get(path, token) for token in (stranger, removed)]
    outside = [get(path, token) for token in ("", ended, "x" * 43)]
    programs = [get(path, token, accept="application/json") for token in ("", ended)]

    assert [answer.status for answer in (*refusals, *outside, *programs)] == [404] * 2 + [303] * 3 + [401] * 2
    assert all(answer.headers["location"].startswith("/sign-in#") for answer in outside)
    for answer in (*refusals, *outside, *programs):
        assert b"Secret" not in answer.body and b"Lisbon" not in answer.body
        assert "content-disposition" not in answer.headers
    assert refusals[0].body == get(f"/groups/999999/{name}", stranger).body, "it does not tell what exists"


@pytest.mark.parametrize(
    "number", ["0", "-1", "1.5", "x", "٣", "9" * 19, "9" * 30, "9" * 5000, "%00", "1 OR 1"]
)
def test_what_is_no_group_is_not_found(world: World, number: str) -> None:
    assert get(f"/groups/{number}/export.csv", world.device(world.group("Ann").owner)).status == 404


def test_a_program_that_asks_for_the_head_gets_that_and_others_may_not_write(
    world: World, scene: Scene
) -> None:
    token = world.device(scene.owner)
    head = get(f"/groups/{scene.id}/export.csv", token, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert get(f"/groups/{scene.id}/export.csv", token, method="POST").status == 405


def test_who_loses_the_right_in_the_middle_gets_no_more_and_sees_that_it_is_cut_off(
    world: World, scene: Scene
) -> None:
    bo = world.join(scene, "Bo")
    path = f"/groups/{scene.id}/export.csv"
    kept, ended, removed = world.device(scene.owner), world.device(bo), world.device(bo)

    async def cut(act: Callable[[], object], token: str) -> Answer:
        async def taken(answer: Answer) -> None:
            if answer.body.count(b"Secret") == 4:
                await asyncio.to_thread(act)

        return await Site().ask(path, token, taken=taken)

    async def story() -> list[Answer]:
        return [
            await cut(lambda: sessions.end(ended), ended),
            await cut(lambda: members.remove(scene.owner, scene.id, scene.members["Bo"]), removed),
            await cut(lambda: None, kept),
        ]

    *cut_off, whole = asyncio.run(story())
    assert whole.is_whole and whole.body.count(b"Secret") == 10
    for answer in cut_off:
        assert (answer.status, answer.is_whole) == (200, False)
        assert answer.body.count(b"Secret") == 4


def test_who_goes_away_ends_the_work(world: World, scene: Scene) -> None:
    async def story() -> Answer:
        leaves = asyncio.Event()

        async def taken(_: Answer) -> None:
            leaves.set()
            await asyncio.sleep(0)  # the server hears of it

        token = await asyncio.to_thread(world.device, scene.owner)
        return await Site().ask(f"/groups/{scene.id}/export.csv", token, taken=taken, leaves=leaves)

    answer = asyncio.run(story())
    assert answer.body.count(b"Secret") == 2 and not answer.is_whole


def test_who_takes_nothing_is_given_up_and_holds_neither_a_connection_nor_a_place(
    world: World, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_STALLED_SECONDS", 0.2)
    path, token = f"/groups/{scene.id}/export.csv", world.device(scene.owner)
    in_use: list[int] = []

    async def story() -> Answer:
        site = Site()

        async def never(_: Answer) -> None:
            in_use.append(world.database.engine.pool.checkedout())  # type: ignore[attr-defined]
            await asyncio.Event().wait()

        for _ in range(MOST + 1):
            answer = await site.ask(path, token, taken=never)
            assert (answer.status, answer.is_whole) == (200, False)
        return await site.ask(path, token)

    assert asyncio.run(story()).is_whole
    assert in_use == [0] * (MOST + 1)


def test_only_a_few_exports_run_at_once_and_fewer_of_one_person(world: World, scene: Scene) -> None:
    path = f"/groups/{scene.id}/export.json"
    mine = world.device(scene.owner)
    others = [world.device(world.join(scene, name)) for name in ("Bo", "Cy", "Di")]

    async def story() -> None:
        site, go_on = Site(), asyncio.Event()

        async def wait(_: Answer) -> None:
            begun.release()
            await go_on.wait()

        begun = asyncio.Semaphore(0)
        running = []
        for token in (*[mine] * MOST_OF_ONE, *others[: MOST - MOST_OF_ONE]):
            running.append(asyncio.create_task(site.ask(path, token, taken=wait)))
            await begun.acquire()
            if len(running) == MOST_OF_ONE:
                too_many = await site.ask(path, mine)
                assert too_many.status == 429 and b"Several exports" in too_many.body
                assert too_many.headers["retry-after"] == "60"
        full = await site.ask(path, others[-1], accept="application/json")
        assert full.status == 429 and b"detail" in full.body
        assert site.refused == ["export", "export"]
        go_on.set()
        assert all(answer.is_whole for answer in await asyncio.gather(*running))
        assert (await site.ask(path, others[-1])).is_whole

    asyncio.run(story())
