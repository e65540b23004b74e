"""The program is killed in the middle of writes, again and again: what was acknowledged is there, once, and whole."""

import random
import time

from tests.bench.figures import SQLITE
from tests.soak.places import KINDS, Place
from tests.soak.writing import compared, used, writing_into

PART = "Program killed"
_AUDIT_EVERY = 10
_READY_SECONDS = 3.0


def soak(place: Place) -> None:
    """Kill it 200 times on SQLite and 100 times on PostgreSQL."""
    for kind in KINDS:
        rounds = place.times(200 if kind == SQLITE else 100, 3)
        kill_again_and_again(place, kind, rounds)


def kill_again_and_again(place: Place, kind: str, rounds: int) -> None:
    """Start, write, kill, compare; notes what was lost, and how soon it wrote again."""
    url = place.url(kind)
    with used(url) as world:
        scene = world.group("Ann", "Bo", "Cy")
        lost = doubled = odd = faults = acknowledged = 0
        slowest = 0.0
        for number in range(rounds):
            writing = writing_into(url, scene, f"r{number}")
            begun = time.monotonic()
            writing.start()
            writing.until_done()
            slowest = max(slowest, time.monotonic() - begun)
            time.sleep(0.3 * random.random())  # the kill may come at any moment
            writing.kill()
            last = number == rounds - 1
            found = compared(world.database, writing, audit=last or number % _AUDIT_EVERY == 0)
            lost, doubled = lost + found.lost, doubled + found.doubled
            odd, faults = odd + found.never_sent, faults + found.faults
            acknowledged += writing.acknowledged
    told = f"{rounds} kills, {acknowledged:,} writes acknowledged"
    place.note(PART, "acknowledged writes lost", lost, 0, kind, told=told)
    place.note(PART, "stored twice", doubled, 0, kind)
    place.note(PART, "stored in part, or as nobody sent it", odd, 0, kind)
    place.note(PART, "faults in the books", faults, 0, kind)
    place.note(PART, "longest until it wrote again", slowest, _READY_SECONDS, kind, unit="s")
