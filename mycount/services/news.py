"""Tells whoever shows something that it has changed; it never says what, so that every listener reads for itself.

Topics are "group:12", "user:3" and "session:9". News is announced once, after the commit, from the thread that
made the change, or that heard of it from another server: a listener must be quick, and hand over to its own
thread or loop.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from mycount.domain.ids import GroupId, SessionId, UserId

Listener = Callable[[str], None]

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_listeners: defaultdict[str, list[Listener]] = defaultdict(list)

observers: list[Callable[[float], None]] = []
"""Each is called with the seconds from an announcement until a screen that shows it was drawn again."""


def of_group(group_id: GroupId) -> str:
    """Name the topic of a group."""
    return f"group:{group_id}"


def of_user(user_id: UserId) -> str:
    """Name the topic of a user: the groups they are in, their name and look."""
    return f"user:{user_id}"


def of_session(session_id: SessionId) -> str:
    """Name the topic of a session; news about it means that it has ended."""
    return f"session:{session_id}"


def listen(topic: str, listener: Listener) -> Callable[[], None]:
    """Call `listener(topic)` at every news of the topic, until the function given back is called."""
    with _lock:
        _listeners[topic].append(listener)

    def stop() -> None:
        with _lock:
            if listener in _listeners[topic]:
                _listeners[topic].remove(listener)
            if not _listeners[topic]:
                del _listeners[topic]

    return stop


def announce(topic: str) -> None:
    """Call every listener of the topic; one that fails is logged and does not keep the others from hearing."""
    with _lock:
        listeners = list(_listeners.get(topic, ()))
    for listener in listeners:
        _tell(listener, topic)


def announce_all(topics: Iterable[str]) -> None:
    """Announce one topic after the other, in their order."""
    for topic in sorted(topics):
        announce(topic)


def missed() -> list[Callable[[], None]]:
    """Give, for each listener, what calls it as if its topic had news: to be done where news may have been missed.

    Those of sessions are left out: to them it would mean the end.
    """
    with _lock:
        heard = [(topic, listener) for topic, each in _listeners.items() for listener in each]
    return [partial(_tell, listener, topic) for topic, listener in heard if not topic.startswith("session:")]


def shown(seconds: float) -> None:
    """Tell the observers that a screen has been drawn again so long after it heard of news."""
    for observer in observers:
        observer(seconds)


def forget() -> None:
    """Drop all listeners; for tests, which would otherwise hear one another."""
    with _lock:
        _listeners.clear()


def _tell(listener: Listener, topic: str) -> None:
    try:
        listener(topic)
    except Exception:
        _log.exception("listener_failed")
