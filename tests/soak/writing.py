"""Starts writers, keeps what they were told, and compares it with what is stored."""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import select

from mycount.db.session import Database, open_database
from mycount.db.tables import ExpenseRow
from mycount.services import access, books, news
from mycount.services.policy import Policy
from tests.soak.writer import Task
from tests.waiting import PATIENCE, until
from tests.world import SECRET, Scene, World

_ROOT = Path(__file__).parents[2]


@dataclass
class Writing:
    """A writing process: what it sent, what was acknowledged, and how often it had to try again."""

    task: Task
    sent: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    again: int = 0
    longest_try: float = 0.0
    """The longest that one call took, in seconds."""
    _since: dict[str, float] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None
    _reader: threading.Thread | None = None

    def start(self, *before: str) -> None:
        """Begin to write; `before` is a program with its arguments that is to run it."""
        command = [*before, sys.executable, "-m", "tests.soak.writer", json.dumps(asdict(self.task))]
        self._process = subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until_done(self, more: int = 1) -> None:
        """Wait until so many more writes are acknowledged."""
        wanted = self.acknowledged + more
        until(lambda: self.acknowledged >= wanted or self._has_ended, "writes are acknowledged")
        assert self.acknowledged >= wanted, "the writer has ended by itself"

    def until_told(self) -> None:
        """Wait until it was told once more to try again."""
        before = self.again
        until(lambda: self.again > before or self._has_ended, "somebody is told to try again")
        assert self.again > before, "the writer has ended by itself"

    @property
    def acknowledged(self) -> int:
        """How many writes were acknowledged so far."""
        return sum(self.done.values())

    def kill(self) -> None:
        """End it at once, as a power failure would, and take down what it could still say."""
        assert self._process is not None
        self._process.kill()
        self._ended()

    def stop(self) -> None:
        """Let it finish what it is at."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._ended()

    def _ended(self) -> None:
        assert self._process is not None
        assert self._reader is not None
        self._process.wait(2 * PATIENCE)
        self._reader.join(PATIENCE)

    @property
    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            what, key, version = line.decode().split()
            now = time.monotonic()
            self.longest_try = max(
                self.longest_try, now - self._since.get(key, now) if what != "sent" else 0.0
            )
            self._since[key] = now
            if what == "again":
                self.again += 1
            else:
                (self.sent if what == "sent" else self.done)[key] = int(version)


@dataclass(frozen=True)
class Compared:
    """What the writers were told beside what is stored: all of these should be 0."""

    lost: int
    """Acknowledged, but not stored, or only in an older version."""
    doubled: int
    """Stored more than once."""
    never_sent: int
    """Stored in a form that nobody has sent."""
    faults: int
    """Found by the audit of the books."""

    @property
    def wrong(self) -> int:
        """How many faults there are of any kind."""
        return self.lost + self.doubled + self.never_sent + self.faults


@contextmanager
def used(url: str) -> Iterator[World]:
    """Let the services of this process use a database for a while."""
    database = open_database(url)
    access.start(database, Policy(secret_key=SECRET))
    try:
        yield World(database)
    finally:
        access.stop()
        news.forget()
        database.close()


def writing_into(url: str, scene: Scene, prefix: str, **rest: object) -> Writing:
    """Prepare a process that writes into a group."""
    task = Task(url, scene.owner, scene.id, tuple(scene.members.values()), prefix, **rest)  # type: ignore[arg-type]
    return Writing(task)


def compared(database: Database, writing: Writing, *, audit: bool = True) -> Compared:
    """Compare what was acknowledged with what is stored; call it when the writer has ended."""
    prefix = f"{writing.task.prefix}-"
    with database.reading() as session:
        wanted = select(ExpenseRow.submit_key, ExpenseRow.version, ExpenseRow.title, ExpenseRow.amount)
        rows = session.execute(wanted.where(ExpenseRow.submit_key.startswith(prefix, autoescape=True))).all()
    stored = {"-".join(row.submit_key.split("-")[:3]): row for row in rows}
    lost = [
        key for key, version in writing.done.items() if key not in stored or stored[key].version < version
    ]
    odd = [row for key, row in stored.items() if not _is_sent(row, writing.sent.get(key, 0))]
    counted = Counter("-".join(row.submit_key.split("-")[:3]) for row in rows)
    doubled = sum(count - 1 for count in counted.values())
    return Compared(len(lost), doubled, len(odd), len(books.audit()) if audit else 0)


def _is_sent(row: object, newest: int) -> bool:
    version, title, amount = row.version, row.title, row.amount  # type: ignore[attr-defined]
    expected = 1001 if version == 1 else 1001 + version
    return version <= newest and title == f"Version {version}" and amount == expected
