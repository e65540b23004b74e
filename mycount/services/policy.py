"""What whoever runs this installation has decided; handed in once, at the assembly."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

SignUp = Literal["open", "invitation", "closed"]


@dataclass(frozen=True)
class Policy:
    """The rules of this installation.

    `sign_up`: who may make an account: anybody ("open"), whoever was invited to a group ("invitation"), or
    nobody ("closed"); the first account is always allowed. `secret_key` derives invite links, so that they can
    be shown again although only their hashes are stored. A session ends after `session_idle` without use, and
    after `session_life` in any case.
    """

    secret_key: bytes = field(repr=False)
    sign_up: SignUp = "open"
    session_idle: timedelta = timedelta(days=14)
    session_life: timedelta = timedelta(days=90)
    invite_life: timedelta = timedelta(days=7)
