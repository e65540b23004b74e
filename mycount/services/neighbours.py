"""The other servers on the same PostgreSQL: who is there, and what is told to them.

News goes out in the transaction that makes it, so that it is neither told too early nor of what did not happen.
PostgreSQL commits such transactions one after the other: whoever has heard of nobody else tells nothing.
"""

import hashlib
import hmac
import json
import re
import secrets
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy.orm import Session

from mycount.db import channel
from mycount.domain.ids import GroupId, MemberId

Kind = Literal["hello", "welcome", "beat", "here", "bye", "news"]
"""Somebody has come (and is answered with a welcome), is still there, shows groups to members, goes; or news."""

_REMEMBERED_SECONDS = 600.0
"""For so long after the last sign of life somebody may be there who is only too busy to give one."""


@dataclass(frozen=True)
class Message:
    """What one server tells all others: by the name of the server, of a kind."""

    server: str
    kind: Kind
    content: Any


class Neighbours:
    """The other servers as far as they have been heard of; for many threads. `name` is this server's own.

    `mark` is the same where the secret key is the same, and does not betray it. A command, which does not
    listen, tells its news always.
    """

    def __init__(self, secret_key: bytes) -> None:
        self.name = secrets.token_hex(6)
        self.mark = hmac.new(secret_key, b"mycount neighbours", hashlib.sha256).hexdigest()[:16]
        self._lock = threading.Lock()
        self._heard: dict[str, float] = {}
        self._met_at: float | None = None
        self._listens = False

    @property
    def is_alone(self) -> bool:
        """Whether nobody else is there, to the knowledge of one who listens and would have heard."""
        met_at = self._met_at
        return self._listens and (met_at is None or time.monotonic() - met_at > _REMEMBERED_SECONDS)

    def listen(self, listens: bool) -> None:
        """Note whether others can be heard. Whoever can not knows nobody."""
        with self._lock:
            self._listens = listens
            if not listens:
                self._heard.clear()

    def meet(self, server: str) -> bool:
        """Note a sign of life; say whether it is the first."""
        with self._lock:
            is_new = server not in self._heard
            self._heard[server] = self._met_at = time.monotonic()
        return is_new

    def part(self, server: str) -> None:
        """Note that a server has gone."""
        with self._lock:
            self._heard.pop(server, None)

    def silent(self, seconds: float) -> list[str]:
        """Name those that have given no sign of life for so long, and forget them."""
        now = time.monotonic()
        with self._lock:
            gone = [server for server, at in self._heard.items() if now - at > seconds]
            for server in gone:
                del self._heard[server]
        return gone

    @property
    def count(self) -> int:
        """How many others are there."""
        return len(self._heard)

    def tell_news(self, session: Session, topics: Collection[str]) -> None:
        """Let the others announce these topics once the session's transaction is committed."""
        if topics and not self.is_alone:
            for part in channel.pieces(sorted(topics)):
                channel.tell(session, self.say("news", part))

    def say(self, kind: Kind, content: Any = None) -> str:
        """Write a message."""
        return json.dumps([self.name, kind, content], separators=(",", ":"))

    def say_here(self, shown: Mapping[GroupId, Collection[MemberId]]) -> Iterator[str]:
        """Write to whom groups are shown here; to nobody any more is worth saying, too."""
        lines = [" ".join(map(str, (group_id, *members))) for group_id, members in shown.items()]
        for part in channel.pieces(lines):
            yield self.say("here", part)


def shown_there(message: Message) -> Iterator[tuple[GroupId, tuple[MemberId, ...]]]:
    """Read to whom groups are shown at the server that says so."""
    for line in message.content:
        group_id, *members = map(int, line.split())
        yield GroupId(group_id), tuple(map(MemberId, members))


def understood(message: str) -> Message | None:
    """Read a message; None if it is none of ours, or of a version that says more than this one knows."""
    try:
        server, kind, content = json.loads(message)
    except (ValueError, TypeError):
        return None
    if not isinstance(server, str) or kind not in get_args(Kind):
        return None
    if kind in _LISTED and not _is_list_of(_LISTED[kind], content):
        return None
    return Message(server, kind, content)


_LISTED = {
    "hello": re.compile(r"[0-9a-f]+"),
    "welcome": re.compile(r"[0-9a-f]+"),
    "news": re.compile(r"[a-z]+:\d+"),
    "here": re.compile(r"\d+( \d+)*"),
}


def _is_list_of(line: re.Pattern[str], content: object) -> bool:
    return isinstance(content, list) and all(isinstance(one, str) and line.fullmatch(one) for one in content)
