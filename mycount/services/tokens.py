"""Secrets that people carry (sessions, tickets, invite links): made here, stored as hashes only."""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode

_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def new() -> str:
    """Make a token of 256 random bits, fit for cookies and addresses."""
    return secrets.token_urlsafe(32)


def can_be(token: str) -> bool:
    """Say whether this may have been made by `new`: whatever else is shown need not be looked for."""
    return _FORM.fullmatch(token) is not None


def hashed(token: str) -> bytes:
    """Hash a token for storing and finding: SHA-256 is enough for random bits, unlike for passwords."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def derived(secret_key: bytes, seed: bytes) -> str:
    """Derive the token that belongs to a stored seed; nobody can without the server's secret."""
    digest = hmac.new(secret_key, seed, hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
