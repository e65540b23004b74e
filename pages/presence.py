"""Who else has a page of the same group open, in this process."""

import threading
from collections.abc import Callable

from mycount.domain.ids import GroupId, MemberId
from mycount.services import news


class Presence:
    """The members looking at each group; one member with three tabs is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[GroupId, dict[str, MemberId]] = {}

    def enter(self, group_id: GroupId, page: str, member_id: MemberId) -> Callable[[], None]:
        """Note that a page (by its client's id) shows the group to a member; gives what ends that."""
        with self._lock:
            self._open.setdefault(group_id, {})[page] = member_id
        news.announce(topic(group_id))

        def leave() -> None:
            with self._lock:
                self._open.get(group_id, {}).pop(page, None)
                if not self._open.get(group_id):
                    self._open.pop(group_id, None)
            news.announce(topic(group_id))

        return leave

    def others(self, group_id: GroupId, member_id: MemberId) -> tuple[MemberId, ...]:
        """Give the other members who are looking, in the order of their ids."""
        with self._lock:
            return tuple(sorted(set(self._open.get(group_id, {}).values()) - {member_id}))


def topic(group_id: GroupId) -> str:
    """Name the topic under which comings and goings of a group are announced."""
    return f"presence:{group_id}"


presence = Presence()
"""Of this process. The only state in `pages`, in a module without a page, so that tests do not drop it."""
