"""Accounts: making one, signing in, keeping what one had as a guest, and changing what is one's own."""

from argon2 import PasswordHasher
from sqlalchemy import select, update

from mycount.db.tables import UserRow
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import UserId
from mycount.services import expenses, groups, history, invites, members, passwords, sessions, users
from tests.world import PASSWORD, World

CLOSED = "New accounts are not open here."
WRONG = "E-mail and password do not match an account."
NUL, HALF = "a\x00b", "a\ud800b"  # texts that databases refuse, and browsers send
NO_ACCOUNT = [
    ("", "bo@example.org", PASSWORD, "Please fill this in."),
    (" \n\x00", "bo@example.org", PASSWORD, "Please fill this in."),
    ("B" * 81, "bo@example.org", PASSWORD, "80 characters at most"),
    ("Bo", "bo", PASSWORD, "does not look like an e-mail"),
    ("Bo", NUL, PASSWORD, "does not look like an e-mail"),
    ("Bo", HALF, PASSWORD, "does not look like an e-mail"),
    ("Bo", "ann@example.org", PASSWORD, "an account with this e-mail already"),
    ("Bo", "ANN@example.org", PASSWORD, "an account with this e-mail already"),
    ("Bo", "bo@example.org", "seven77", "at least 8 characters"),
    ("Bo", "bo@example.org", "x" * 129, "at most 128 characters"),
    ("Bo", "bo@example.org", "Password1", "easy to guess"),
    ("Bo", "bo@example.org", "bo@Example.org", "easy to guess"),
    ("Bo Bobson", "bo@example.org", "bo bobson", "easy to guess"),
]
"""Names, e-mails and passwords that make no account, and the words that say so."""


def test_whoever_signs_up_is_in_and_known_by_name(world: World) -> None:
    entered = users.sign_up("  Ann  Bee ", "Ann@Example.ORG ", PASSWORD)
    visitor = world.visitor(world.redeemed(entered.ticket))
    assert (visitor.user_id, visitor.name, visitor.email) == (entered.user_id, "Ann Bee", "ann@example.org")
    assert not visitor.is_guest


def test_the_first_account_administers_the_installation_and_later_ones_do_not(world: World) -> None:
    assert users.is_new()
    first = users.sign_up("Ann", "ann@example.org", PASSWORD)
    second = users.sign_up("Bo", "bo@example.org", PASSWORD)
    assert world.visitor(world.redeemed(first.ticket)).is_administrator
    assert not world.visitor(world.redeemed(second.ticket)).is_administrator
    assert not users.is_new()


def test_signing_up_refuses_in_words(world: World) -> None:
    world.account("Ann")
    for name, email, password, words in NO_ACCOUNT:
        with world.refused(Invalid, words):
            users.sign_up(name, email, password)


def test_sign_up_may_be_for_the_invited_only_or_closed_but_never_for_the_first(world: World) -> None:
    for sign_up in ("invitation", "closed"):
        world.rules(sign_up=sign_up)
        assert users.may_sign_up() == users.is_new()
        if users.is_new():
            users.sign_up("Ann", "ann@example.org", PASSWORD)
        with world.refused(Invalid, CLOSED):
            users.sign_up("Bo", "bo@example.org", PASSWORD)
    world.rules(sign_up="open")
    assert users.may_sign_up()


def test_the_operator_adds_accounts_while_sign_up_is_closed(world: World) -> None:
    world.account("Ann")
    world.rules(sign_up="closed")
    added = users.add("Bo", "bo@example.org", PASSWORD)
    assert users.sign_in("bo@example.org", PASSWORD).user_id == added
    with world.refused(Invalid, "an account with this e-mail already"):
        users.add("Bo", "BO@example.org", PASSWORD)


def test_signing_in_takes_the_email_in_any_case_and_the_password_as_it_is(world: World) -> None:
    ann = world.account("Ann")
    assert users.sign_in(" ANN@example.org", PASSWORD).user_id == ann.id
    for typed in (PASSWORD.upper(), f"{PASSWORD} ", "", NUL, HALF):
        with world.refused(Invalid, WRONG):
            users.sign_in(ann.email, typed)


def test_a_wrong_password_and_an_unknown_account_are_refused_in_the_same_words(world: World) -> None:
    world.account("Ann")
    world.user("A guest")
    for email in ("ann@example.org", "nobody@example.org", "nonsense", "", NUL, HALF):
        with world.refused(Invalid, WRONG):
            users.sign_in(email, "not the password")


def test_a_password_stored_at_a_lower_cost_is_stored_anew_when_its_owner_signs_in(world: World) -> None:
    ann = world.account("Ann")
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    world.run(update(UserRow).values(password_hash=cheap))
    users.sign_in(ann.email, PASSWORD)
    with world.database.reading() as session:
        stored = session.scalars(select(UserRow.password_hash)).one()
    assert stored is not None
    assert not passwords.is_outdated(stored)
    assert users.sign_in(ann.email, PASSWORD).user_id == ann.id


def test_no_password_ticket_or_token_can_be_read_from_the_database(world: World) -> None:
    ann = world.account("Ann")
    ticket = users.sign_in(ann.email, PASSWORD).ticket
    scene = world.group("Ann", owner=ann.id)
    invite = invites.make(ann.id, scene.id)
    stored = repr(world.snapshot())
    for secret in (PASSWORD, ann.token, ticket, invite.token):
        assert secret not in stored


def test_a_guest_who_keeps_an_account_loses_nothing(world: World) -> None:
    scene = world.group("Ann", "Bo")
    offered = invites.make(scene.owner, scene.id, member_id=scene.members["Bo"])
    joined = invites.accept(offered.token, device="Phone")
    token = world.redeemed(joined.ticket)
    expenses.add(joined.user_id, scene.id, scene.draft(1000, "Bo"))
    before = history.home(joined.user_id), groups.see(joined.user_id, scene.id).my_balances()

    users.keep(joined.user_id, "bo@example.org", PASSWORD)

    assert world.visitor(token).email == "bo@example.org"
    assert users.sign_in("bo@example.org", PASSWORD).user_id == joined.user_id
    assert (history.home(joined.user_id), groups.see(joined.user_id, scene.id).my_balances()) == before
    assert scene.member("Bo").joined == "account"


def test_keeping_an_account_is_refused_in_words(world: World) -> None:
    ann, guest = world.account("Ann"), world.user("Bo")
    with world.refused(Invalid, "an account with this e-mail already"):
        users.keep(guest, ann.email, PASSWORD)
    with world.refused(Conflict, "You have an account already."):
        users.keep(ann.id, "other@example.org", PASSWORD)
    with world.refused(Invalid, "easy to guess"):
        users.keep(guest, "bo@example.org", "bo@example.org")
    world.rules(sign_up="closed")
    with world.refused(Invalid, "You stay in your groups on this device."):
        users.keep(guest, "bo@example.org", PASSWORD)
    world.rules(sign_up="invitation")
    users.keep(guest, "bo@example.org", PASSWORD)


def test_a_new_name_goes_into_the_groups_where_i_go_by_the_old_one(world: World) -> None:
    ann = world.user("Ann")
    here, there = world.group("Ann", owner=ann), world.group("Ann", owner=ann)
    members.rename(ann, there.id, there.members["Ann"], "Annie")
    users.rename(ann, " Anna ")
    assert (here.shown(), there.shown()) == (["Anna"], ["Annie"])
    with world.refused(Invalid, "Please fill this in."):
        users.rename(ann, " ")
    with world.refused(NotFound, "Please sign in again."):
        users.rename(UserId(999), "Anna")


def test_a_new_name_never_makes_two_people_of_a_group_look_alike(world: World) -> None:
    scene = world.group("Ann", "Anna")
    users.rename(scene.owner, "ANNA")
    assert scene.shown() == ["Ann", "Anna"]


def test_changing_the_password_signs_me_out_everywhere_but_here(world: World) -> None:
    ann = world.account("Ann")
    elsewhere = world.device(ann.id)
    unused = users.sign_in(ann.email, PASSWORD).ticket
    here = world.visitor(ann.token)
    users.change_password(ann.id, PASSWORD, "staple of batteries", session_id=here.session_id)
    assert world.visitor(ann.token) == here
    assert sessions.find(elsewhere) is None
    assert sessions.redeem(unused) is None
    assert users.sign_in(ann.email, "staple of batteries").user_id == ann.id
    with world.refused(Invalid, WRONG):
        users.sign_in(ann.email, PASSWORD)


def test_changing_the_password_is_refused_in_words(world: World) -> None:
    ann, guest = world.account("Ann"), world.user("Bo")
    session_id = world.visitor(ann.token).session_id
    with world.refused(Invalid, "This is not your current password."):
        users.change_password(ann.id, "wrong one", "staple of batteries", session_id=session_id)
    with world.refused(Invalid, "at least 8 characters"):
        users.change_password(ann.id, PASSWORD, "short", session_id=session_id)
    with world.refused(Invalid, "This is not your current password."):
        users.change_password(guest, "", "staple of batteries", session_id=session_id)


def test_theme_and_language_are_remembered_for_every_device(world: World) -> None:
    ann = world.account("Ann")
    users.change_look(ann.id, theme="dark")
    users.change_look(ann.id, language="pt_BR")
    visitor = world.visitor(ann.token)
    assert (visitor.theme, visitor.language) == ("dark", "pt_BR")
    users.change_look(ann.id, language="")
    assert world.visitor(ann.token).language is None
    with world.refused(Invalid, "Choose one of the themes."):
        users.change_look(ann.id, theme="pink")
    for odd in (NUL, HALF):
        users.change_look(ann.id, language=odd)
        assert world.visitor(ann.token).language == "ab"


def test_the_operator_resets_a_password_and_all_its_sessions_end(world: World) -> None:
    ann = world.account("Ann")
    users.reset_password("Ann@example.org", "staple of batteries")
    assert sessions.find(ann.token) is None
    assert users.sign_in(ann.email, "staple of batteries").user_id == ann.id
    with world.refused(NotFound, "There is no account with this e-mail."):
        users.reset_password("bo@example.org", "staple of batteries")
