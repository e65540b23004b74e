"""What is done again and again in the background: each job in a thread, one after the other, never overlapping."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

_log = structlog.stdlib.get_logger("mycount.web.jobs")


@dataclass(frozen=True)
class Job:
    """A function that is called every so many seconds, first at once."""

    name: str
    seconds: float
    run: Callable[[], object]


async def repeat(jobs: Iterable[Job]) -> None:
    """Do the jobs until cancelled; one that fails is logged and tried again in its turn."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job), name=f"job {job.name}")


async def _repeat(job: Job) -> None:
    while True:
        try:
            await asyncio.to_thread(job.run)
        except Exception as error:
            _log.error("job_failed", job=job.name, exc_info=error)
        await asyncio.sleep(job.seconds)
