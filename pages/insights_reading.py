"""What has been read of the insights of a group on one page, and what is chosen of it."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from mycount.domain.currency import CURRENCIES
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.services import insights
from mycount.services.views import CurrencySpending, Insights
from pages.calls import call
from pages.insights_period import Period


class InsightsReading:
    """Begins with what an address says. `seen` is what was read last, for the period chosen then."""

    def __init__(self, user_id: UserId, group_id: GroupId, values: Mapping[str, str]) -> None:
        self.seen: Insights | None = None
        self.is_fresh = False
        self.period = Period.read(values)
        self.mine = values.get("share") == "mine"
        wanted = values.get("money", "")
        self.currency = wanted if wanted in CURRENCIES else ""
        self._user_id, self._group_id = user_id, group_id
        self._turn = asyncio.Lock()

    async def refresh(self) -> None:
        """Read what is chosen now; of several readings the last one asked for is the last one kept."""
        async with self._turn:
            since, until = self.period.days()
            self.seen = await call(insights.see, self._user_id, self._group_id, since=since, until=until)
            self.is_fresh = True

    def expire(self) -> None:
        """Hear that something has changed while nobody was looking here: it must be read again to be shown."""
        self.is_fresh = False

    @property
    def people(self) -> set[MemberId]:
        """Tell who is named in what has been read."""
        found = self.seen.spending if self.seen else ()
        return {member for one in found for member in one.people}

    @property
    def spending(self) -> CurrencySpending | None:
        """The spending in the currency chosen, else in the first there is; None if there is none."""
        found = self.seen.spending if self.seen else ()
        return next((one for one in found if one.currency == self.currency), found[0] if found else None)

    @property
    def query(self) -> str:
        """Write what is chosen as the end of an address."""
        values = {
            **self.period.written(),
            **({"share": "mine"} if self.mine else {}),
            **({"money": self.currency} if self.currency else {}),
        }
        return f"?{urlencode(values)}" if values else ""
