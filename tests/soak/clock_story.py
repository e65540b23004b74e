"""A story that must end the same whatever the clock says: `python -m tests.soak.clock_story URL CHAPTER [JSON]`."""

import json
import sys
from datetime import date
from typing import Any

from mycount.services import expenses, invites, sessions
from tests.soak.writing import used
from tests.world import World, assert_sound

_DAYS = (date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 29), date(2026, 10, 25))


def story(world: World) -> Any:
    """Add, edit, delete, bring back; give the balances and the days of all expenses, the newest first."""
    scene = world.group("Ann", "Bo", "Cy")
    added = [scene.add(1001 + number, "Ann", title=f"{day}", day=day) for number, day in enumerate(_DAYS)]
    scene.pay(250, "Bo", "Ann", day=_DAYS[3])
    expenses.edit(scene.owner, scene.id, added[1], 1, scene.draft(777, "Bo", title="Changed", day=_DAYS[0]))
    expenses.delete(scene.owner, scene.id, added[2])
    expenses.restore(scene.owner, scene.id, added[2])
    assert_sound()
    lines = expenses.listed(scene.owner, scene.id).lines
    return {"balances": scene.balances(), "days": [line.day.isoformat() for line in lines]}


def begin(world: World) -> Any:
    """Sign somebody in and let them invite; give both tokens."""
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id)
    return {"session": world.device(scene.owner), "invite": invite.token}


def look(made: dict[str, str]) -> Any:
    """Say whether the session and the invite are good now."""
    return {
        "session": sessions.find(made["session"]) is not None,
        "invite": invites.look(made["invite"]).state == "open",
    }


def main() -> None:
    """Tell one chapter and print how it ended."""
    _, url, chapter, *rest = sys.argv
    with used(url) as world:
        told = (
            look(json.loads(rest[0]))
            if chapter == "look"
            else {"story": story, "begin": begin}[chapter](world)
        )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
