"""What is done in the background goes on, whatever one job does."""

import asyncio

from structlog.testing import capture_logs

from mycount.domain.errors import Unavailable
from mycount.web.jobs import Job, repeat
from tests.waiting import PATIENCE


def test_jobs_are_repeated_and_one_that_fails_is_logged_and_tried_again() -> None:
    done: list[str] = []
    ended: set[tuple[str, bool]] = set()
    enough = asyncio.Event()

    def fail() -> None:
        done.append("failed")
        raise RuntimeError("no")

    async def work() -> None:
        loop = asyncio.get_running_loop()

        def succeed() -> None:
            done.append("ok")
            if done.count("ok") >= 3 and done.count("failed") >= 3:
                loop.call_soon_threadsafe(enough.set)

        good = Job("good", 0.001, succeed, lambda ok: ended.add(("good", ok)))
        bad = Job("bad", 0.001, fail, lambda ok: ended.add(("bad", ok)))
        working = asyncio.create_task(repeat([good, bad]))
        await asyncio.wait_for(enough.wait(), PATIENCE)
        working.cancel()

    with capture_logs() as logged:
        asyncio.run(work())

    assert {(event["event"], event["job"]) for event in logged} == {("job_failed", "bad")}
    assert ended == {("good", True), ("bad", False)}


def test_a_job_that_finds_no_database_says_so_in_a_line() -> None:
    async def work() -> None:
        enough = asyncio.Event()
        loop = asyncio.get_running_loop()

        def fail() -> None:
            try:
                raise OSError("no answer in time\nSELECT everything")
            except OSError as error:
                raise Unavailable("The database does not answer.") from error

        job = Job("audit", 60, fail, lambda _: loop.call_soon_threadsafe(enough.set))
        working = asyncio.create_task(repeat([job]))
        await asyncio.wait_for(enough.wait(), PATIENCE)
        working.cancel()

    with capture_logs() as logged:
        asyncio.run(work())

    told = {"event": "job_failed", "log_level": "error", "job": "audit", "reason": "no answer in time"}
    assert logged == [told]
