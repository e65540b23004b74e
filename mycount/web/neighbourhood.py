"""Understands what the other servers tell, and has ready what they are to be told: who looks at what here."""

import threading
from collections.abc import Callable

import structlog

from mycount.domain.ids import GroupId
from mycount.services import news
from mycount.services.neighbours import Message, Neighbours, shown_there
from mycount.web.neighbour_metrics import NeighbourMetrics
from pages.presence import presence

_log = structlog.stdlib.get_logger("mycount.web.neighbourhood")

_GONE_SECONDS = 7.0
_OTHER_KEY = (
    "another server on this database has another MYCOUNT_SECRET_KEY: invite links made by one "
    "do not open on the other"
)


class Neighbourhood:
    """What is between this server and the others. `rouse` is called, in any thread, when there is something to tell."""

    def __init__(self, neighbours: Neighbours, metrics: NeighbourMetrics, rouse: Callable[[], None]) -> None:
        self.neighbours = neighbours
        self._metrics = metrics
        self._rouse = rouse
        self._lock = threading.Lock()
        self._changed: set[GroupId] = set()
        self._answers: list[str] = []

    def begin(self) -> None:
        """Follow the comings and goings on this server."""
        presence.changed = self._note

    def end(self) -> None:
        """Follow them no more."""
        presence.changed = lambda _: None

    def begin_anew(self) -> None:
        """Know nobody, as long as nothing can be heard."""
        self.neighbours.listen(False)
        self._metrics.others.set(0)
        presence.gone_all()

    def take(self, message: Message) -> None:
        """Do what a message of another server asks for."""
        if message.kind == "news":
            news.announce_all(message.content)
        elif message.kind == "bye":
            self.neighbours.part(message.server)
            self._part(message.server)
        else:
            self._meet(message)
            if message.kind == "here":
                for group_id, members in shown_there(message):
                    presence.elsewhere(message.server, group_id, members)

    def miss(self) -> None:
        """Part from those that have been silent for too long."""
        for server in self.neighbours.silent(_GONE_SECONDS):
            self._part(server)

    def to_tell(self) -> list[str]:
        """Give what others wait for, and where people have come or gone since."""
        with self._lock:
            answers, self._answers = self._answers, []
            changed, self._changed = self._changed, set()
        if self.neighbours.count:  # else there is nobody to be told; who comes is told everything
            answers.extend(self.neighbours.say_here({group: presence.here(group) for group in changed}))
        return answers

    def _meet(self, message: Message) -> None:
        """Greet whoever is new, and answer those who greet."""
        is_new = self.neighbours.meet(message.server)
        if is_new:
            _log.info("server_met", other=message.server)
            self._metrics.others.set(self.neighbours.count)
        greets = message.kind in ("hello", "welcome")
        if greets and message.content[:1] != [self.neighbours.mark]:
            _log.error("secret_keys_differ", message=_OTHER_KEY, other=message.server)
        if message.kind == "hello":
            with self._lock:
                self._answers.append(self.neighbours.say("welcome", [self.neighbours.mark]))
                self._changed.update(presence.groups())
        elif is_new and not greets:
            with self._lock:
                self._answers.append(self.neighbours.say("hello", [self.neighbours.mark]))

    def _part(self, server: str) -> None:
        _log.info("server_gone", other=server)
        self._metrics.others.set(self.neighbours.count)
        presence.gone(server)

    def _note(self, group_id: GroupId) -> None:
        with self._lock:
            self._changed.add(group_id)
        self._rouse()
