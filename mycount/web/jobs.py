"""What is done again and again in the background: each job in a thread, one after the other, never overlapping."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from mycount.domain.errors import Unavailable

_log = structlog.stdlib.get_logger("mycount.web.jobs")

_AGAIN_SECONDS = 60.0  # after a failure, or where another server had the duty, if its turn came later


@dataclass(frozen=True)
class Job:
    """A function that is called every so many seconds, first at once; `ended` hears each time whether it succeeded.

    `is_ours` says, in a thread too, whether it is for this server to do; where it is not, `left` is called instead.
    """

    name: str
    seconds: float
    run: Callable[[], object]
    ended: Callable[[bool], object] = lambda _: None
    is_ours: Callable[[], bool] = lambda: True
    left: Callable[[], object] = lambda: None


async def repeat(jobs: Iterable[Job]) -> None:
    """Do the jobs until cancelled; one that fails is logged and tried again, within a minute."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job), name=f"job {job.name}")


async def _repeat(job: Job) -> None:
    while True:
        done = await _tried(job)
        await asyncio.sleep(job.seconds if done else min(job.seconds, _AGAIN_SECONDS))


async def _tried(job: Job) -> bool:
    """Do a job and say whether it was done: it may fail, or be another server's for now."""
    try:
        if not await asyncio.to_thread(job.is_ours):
            job.left()
            return False
        await asyncio.to_thread(job.run)
    except Exception as error:
        _tell(job, error)
        job.ended(False)
        return False
    job.ended(True)
    return True


def _tell(job: Job, error: Exception) -> None:
    """Log why a job failed: all of it, but of a database that cannot be reached, which is nobody's mistake."""
    if isinstance(error, Unavailable):
        _log.error("job_failed", job=job.name, reason=_reason(error))
    else:
        _log.error("job_failed", job=job.name, exc_info=error)


def _reason(error: Unavailable) -> str:
    """Give the first line of what the database or its driver has said, without the statement."""
    return str(error.__cause__ or error).partition("\n")[0][:200]
