"""What each identifier identifies; none of them can be mistaken for another."""

from typing import NewType

UserId = NewType("UserId", int)
GroupId = NewType("GroupId", int)
MemberId = NewType("MemberId", int)
ExpenseId = NewType("ExpenseId", int)
InviteId = NewType("InviteId", int)
SessionId = NewType("SessionId", int)
