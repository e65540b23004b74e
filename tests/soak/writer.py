"""A process that writes as fast as it can and says what was acknowledged: `python -m tests.soak.writer JSON`.

Says a line before and after each write: "sent KEY VERSION", then "done KEY VERSION". What the database did not
acknowledge is sent again with the same key, as a page does, until it is; the last line of a thread that was asked to
stop (by a line, or the end, of the standard input) is a "done".
"""

import json
import os
import sys
import threading
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from mycount.db.session import open_database
from mycount.domain.errors import Conflict, Unavailable
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.split import Mode
from mycount.services import access, expenses
from mycount.services.policy import Policy
from mycount.services.views import Draft
from tests.world import SECRET

_VERSIONS = 3
_PAUSE = 0.05
_over = threading.Event()


@dataclass(frozen=True)
class Task:
    """Who writes where, with how many threads, and how long each pauses between two expenses, in seconds.

    Wrong on purpose: `keyless` sends again under another key, `hasty` lets SQLite acknowledge before the disk does.
    """

    url: str
    user: int
    group: int
    members: tuple[int, ...]
    prefix: str
    threads: int = 4
    keyless: bool = False
    hasty: bool = False
    pause: float = 0.0


def main() -> None:
    """Write until told to stop."""
    task = Task(**json.loads(sys.argv[1]))
    database = open_database(task.url)
    if task.hasty:
        event.listen(database.engine, "connect", lambda made, _: made.execute("PRAGMA synchronous=NORMAL"))
    access.start(database, Policy(secret_key=SECRET))
    threads = [threading.Thread(target=_write, args=(task, number)) for number in range(task.threads)]
    for thread in threads:
        thread.start()
    sys.stdin.readline()
    _over.set()
    for thread in threads:
        thread.join()
    database.close()


def _write(task: Task, thread: int) -> None:
    turn = 0
    while not _over.is_set():
        turn += 1
        _over.wait(task.pause)
        draft = _draft(task, f"{task.prefix}-{thread}-{turn}", thread)
        expense_id = _add(task, draft)
        for version in range(2, 1 + _VERSIONS):
            _edit(task, expense_id, version, draft)


def _add(task: Task, draft: Draft) -> ExpenseId:
    _say("sent", draft.submit_key, 1)
    tries = 0
    while True:
        tries += 1
        key = f"{draft.submit_key}-{tries}" if task.keyless else draft.submit_key
        try:
            added = expenses.add(UserId(task.user), GroupId(task.group), replace(draft, submit_key=key))
        except Unavailable:
            _over.wait(_PAUSE)
            _say("again", draft.submit_key, 1)
        else:
            _say("done", draft.submit_key, 1)
            return added


def _edit(task: Task, expense_id: ExpenseId, version: int, draft: Draft) -> None:
    changed = replace(draft, title=f"Version {version}", amount=draft.amount + version)
    changed = replace(changed, payers=dict.fromkeys(draft.payers, changed.amount))
    _say("sent", draft.submit_key, version)
    while True:
        try:
            expenses.edit(UserId(task.user), GroupId(task.group), expense_id, version - 1, changed)
        except Unavailable:
            _over.wait(_PAUSE)
            _say("again", draft.submit_key, version)
        except Conflict:  # it was stored, and only the answer was lost
            break
        else:
            break
    _say("done", draft.submit_key, version)


def _draft(task: Task, key: str, thread: int) -> Draft:
    amount = 1001
    payer = MemberId(task.members[thread % len(task.members)])
    values: dict[str, Any] = {"currency": "EUR", "mode": Mode.EQUAL, "day": date(2026, 3, 14)}
    return Draft(
        title="Version 1",
        amount=amount,
        payers={payer: amount},
        typed={MemberId(member): Decimal(1) for member in task.members},
        submit_key=key,
        **values,
    )


def _say(what: str, key: str, version: int) -> None:
    os.write(1, f"{what} {key} {version}\n".encode())  # one write: whole lines only, whatever happens


if __name__ == "__main__":
    main()
