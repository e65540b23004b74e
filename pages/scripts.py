"""Which scripts and styles count: those that carry this mark, in whose place each answer has a nonce of its own.

Whatever else comes into a page, by whatever hole, has no mark, since nobody is ever shown it.
"""

import secrets
from typing import Final

MARK: Final = secrets.token_hex(16)
"""Stands in the nonce of every script and style that is written here; another one in each process."""
