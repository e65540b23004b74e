"""PostgreSQL is killed while the program goes on: all of it, as by a power failure, or one process of it."""

import random
import time

from tests.bench.figures import POSTGRESQL
from tests.soak.places import Place
from tests.soak.writing import Writing, compared, used, writing_into

PART = "PostgreSQL killed"
_BACK_SECONDS = 10.0


def soak(place: Place) -> None:
    """Kill it 100 times."""
    kill_again_and_again(place, place.times(100, 3))


def kill_again_and_again(place: Place, rounds: int) -> None:
    """Write all the time, kill, start again; notes what was lost, and how soon it wrote again."""
    url = place.url(POSTGRESQL)
    with used(url) as world:
        scene = world.group("Ann", "Bo", "Cy")
        writing = writing_into(url, scene, "pg")
        writing.start()
        slowest = max(_killed_once(place, writing, number) for number in range(rounds))
        writing.stop()
        found = compared(world.database, writing)
    told = f"{rounds} kills, {writing.acknowledged:,} writes acknowledged, {writing.again} tried again"
    place.note(PART, "acknowledged writes lost", found.lost, 0, POSTGRESQL, told=told)
    place.note(PART, "stored twice", found.doubled, 0, POSTGRESQL)
    place.note(PART, "stored in part, or as nobody sent it", found.never_sent, 0, POSTGRESQL)
    place.note(PART, "faults in the books", found.faults, 0, POSTGRESQL)
    place.note(PART, "longest until it wrote again", slowest, _BACK_SECONDS, POSTGRESQL, unit="s")


def _killed_once(place: Place, writing: Writing, number: int) -> float:
    """Kill all of it, or every third time one process; gives the seconds from its return to the next write."""
    writing.until_done()
    time.sleep(0.3 * random.random())
    if number % 3 != 2 or not place.postgresql.kill_one():
        place.postgresql.kill()
        place.postgresql.start()
    begun = time.monotonic()
    writing.until_done()
    return time.monotonic() - begun
