"""The answer to COMMIT is lost on its way: nobody knows whether it was stored, and what is sent again counts once."""

import itertools
import socket
import threading
from contextlib import suppress

from tests.bench.figures import POSTGRESQL
from tests.soak.places import Place
from tests.soak.writing import Compared, Writing, compared, used, writing_into
from tests.web.proxy import Proxy

PART = "Answer to COMMIT lost"


class Forgetful(Proxy):
    """A way to the database on which every so many answers to COMMIT are lost, and the connection with them."""

    def __init__(self, url: str, every: int) -> None:
        self._every = every
        self._count = itertools.count(1)
        self._doomed: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.lost = 0
        super().__init__(url)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if source in self._doomed:
                    self.lost += 1
                    break
                if b"COMMIT\0" in data and next(self._count) % self._every == 0:
                    self._doomed.add(target)  # what comes from there next is the answer
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def soak(place: Place) -> None:
    """Lose 1,000 answers; then let pages forget their keys, which must be noticed."""
    lost, found, writing = lose(place, place.times(1_000, 10))
    told = (
        f"{lost:,} answers lost, {writing.acknowledged:,} writes acknowledged, {writing.again:,} tried again"
    )
    place.note(PART, "acknowledged writes lost", found.lost, 0, POSTGRESQL, told=told)
    place.note(PART, "stored twice", found.doubled, 0, POSTGRESQL)
    place.note(PART, "stored in part, or as nobody sent it", found.never_sent, 0, POSTGRESQL)
    place.note(PART, "faults in the books", found.faults, 0, POSTGRESQL)
    _, wrong, _ = lose(place, place.times(50, 10), keyless=True)
    name = "wrong on purpose, without keys: stored twice"
    place.note(PART, name, wrong.doubled, 1, POSTGRESQL, at_least=True)


def lose(place: Place, answers: int, *, keyless: bool = False) -> tuple[int, Compared, Writing]:
    """Write by way of a forgetful proxy until so many answers are lost; gives how many were, and what came of it."""
    url = place.url(POSTGRESQL)
    with Forgetful(url, every=7) as way, used(url) as world:
        scene = world.group("Ann", "Bo", "Cy")
        writing = writing_into(way.url, scene, "lost", keyless=keyless)
        writing.start()
        while way.lost < answers:
            writing.until_done()
        writing.stop()
        return way.lost, compared(world.database, writing), writing
