"""Tells those who listen rather than look what others have just done in the group, without interrupting them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from nicegui import ui

from mycount.services.views import Happening
from pages.happenings import said


class Herald:
    """Speaks through the page's polite live region; what happened before the page was opened is not told."""

    def __init__(self, where: ui.element) -> None:
        self._where = where
        self._told = datetime.now(UTC)

    def tell(self, latest: Sequence[Happening]) -> None:
        """Say what is new among the latest events, of which the newest is first.

        More than these is not told: it is in the history, and hearing it all would take too long.
        """
        new = [one for one in reversed(latest) if one.at > self._told]
        if not new:
            return
        self._told = new[-1].at
        with self._where:  # so that it is said in this page, in its language
            words = ". ".join(said(one) for one in new if not one.is_me)
            if words:
                ui.run_javascript(f"mycount.say({json.dumps(words)})")
