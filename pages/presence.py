"""Who else has a page of the same group open, on this server and, as they tell, on the others."""

import threading
from collections.abc import Callable, Iterable

from mycount.domain.ids import GroupId, MemberId
from mycount.services import news


class Presence:
    """The members looking at each group; one member with three tabs, or on two servers, is one.

    `changed` is called with a group when it is shown to others here than before, from whatever thread.
    """

    def __init__(self) -> None:
        self.changed: Callable[[GroupId], None] = lambda _: None
        self._lock = threading.Lock()
        self._open: dict[GroupId, dict[str, MemberId]] = {}
        self._elsewhere: dict[str, dict[GroupId, frozenset[MemberId]]] = {}

    def enter(self, group_id: GroupId, page: str, member_id: MemberId) -> Callable[[], None]:
        """Note that a page (by its client's id) shows the group to a member; gives what ends that."""
        with self._lock:
            self._open.setdefault(group_id, {})[page] = member_id
        self._tell(group_id)

        def leave() -> None:
            with self._lock:
                self._open.get(group_id, {}).pop(page, None)
                if not self._open.get(group_id):
                    self._open.pop(group_id, None)
            self._tell(group_id)

        return leave

    def others(self, group_id: GroupId, member_id: MemberId) -> tuple[MemberId, ...]:
        """Give the other members who are looking, in the order of their ids."""
        with self._lock:
            there = (shown.get(group_id, frozenset()) for shown in self._elsewhere.values())
            looking = set(self._open.get(group_id, {}).values()).union(*there)
        return tuple(sorted(looking - {member_id}))

    def groups(self) -> tuple[GroupId, ...]:
        """Give the groups that are shown here."""
        with self._lock:
            return tuple(self._open)

    def here(self, group_id: GroupId) -> tuple[MemberId, ...]:
        """Give the members to whom a group is shown here."""
        with self._lock:
            return tuple(sorted(set(self._open.get(group_id, {}).values())))

    def elsewhere(self, server: str, group_id: GroupId, members: Iterable[MemberId]) -> None:
        """Note to whom another server shows a group, in place of what was known of that."""
        with self._lock:
            self._elsewhere.setdefault(server, {})[group_id] = frozenset(members)
        news.announce(topic(group_id))

    def gone(self, server: str) -> None:
        """Note that another server shows nothing to anybody any more."""
        with self._lock:
            shown = self._elsewhere.pop(server, {})
        for group_id in shown:
            news.announce(topic(group_id))

    def gone_all(self) -> None:
        """Note that nothing is known of any other server."""
        for server in tuple(self._elsewhere):
            self.gone(server)

    def _tell(self, group_id: GroupId) -> None:
        news.announce(topic(group_id))
        self.changed(group_id)


def topic(group_id: GroupId) -> str:
    """Name the topic under which comings and goings of a group are announced."""
    return f"presence:{group_id}"


presence = Presence()
"""Of this process. The only state in `pages`, in a module without a page, so that tests do not drop it."""
