"""What is done again and again in the background: each job in a thread, one after the other, never overlapping."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

_log = structlog.stdlib.get_logger("mycount.web.jobs")

_AGAIN_SECONDS = 60.0  # after a failure, where it would not be its turn for longer


@dataclass(frozen=True)
class Job:
    """A function that is called every so many seconds, first at once; `ended` hears each time whether it succeeded."""

    name: str
    seconds: float
    run: Callable[[], object]
    ended: Callable[[bool], object] = lambda _: None


async def repeat(jobs: Iterable[Job]) -> None:
    """Do the jobs until cancelled; one that fails is logged and tried again, within a minute."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job), name=f"job {job.name}")


async def _repeat(job: Job) -> None:
    while True:
        succeeded = True
        try:
            await asyncio.to_thread(job.run)
        except Exception as error:
            succeeded = False
            _log.error("job_failed", job=job.name, exc_info=error)
        job.ended(succeeded)
        await asyncio.sleep(job.seconds if succeeded else min(job.seconds, _AGAIN_SECONDS))
