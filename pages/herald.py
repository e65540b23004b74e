"""Tells those who listen rather than look what others have just done in the group, without interrupting them."""

import json
from datetime import UTC, datetime
from typing import Final

from nicegui import ui

from mycount.domain.errors import Refusal
from mycount.domain.ids import GroupId, UserId
from mycount.services import history
from pages.calls import call
from pages.happenings import said

_MOST: Final = 3
"""So many are told at once: what is older is in the history, and hearing it all would take too long."""


class Herald:
    """Speaks through the page's polite live region; what happened before the page was opened is not told."""

    def __init__(self, user_id: UserId, group_id: GroupId, where: ui.element) -> None:
        self._user_id, self._group_id, self._where = user_id, group_id, where
        self._told = datetime.now(UTC)

    async def tell(self) -> None:
        """Read what is new and say it; where it cannot be read, nothing is said."""
        try:
            latest = await call(history.of_group, self._user_id, self._group_id, limit=_MOST)
        except Refusal:
            return
        new = [one for one in reversed(latest) if one.at > self._told]
        if not new or self._where.is_deleted:
            return
        self._told = new[-1].at
        with self._where:  # a task of its own knows of no page, and so of no language
            words = ". ".join(said(one) for one in new if not one.is_me)
            if words:
                ui.run_javascript(f"mycount.say({json.dumps(words)})")
