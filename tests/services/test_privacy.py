"""What a group shows of its people is their names: e-mails are nobody's business but their own."""

from mycount.services import invites
from tests.services.acts import ACTS, ROLES, stage
from tests.world import World


def test_no_function_tells_any_role_the_e_mail_of_somebody_in_the_group(world: World) -> None:
    here, eve = stage(world), world.account("Eve")
    invites.accept(invites.make(here.scene.owner, here.id).token, actor=eve.id)
    seen = {
        (name, role): repr(act.call(here.actors[role], here))
        for name, act in ACTS.items()
        for role in ROLES
        if not act.changes
    }
    assert "Eve" in seen["groups.see", "viewer"]
    assert [key for key, shown in seen.items() if eve.email in shown] == []
