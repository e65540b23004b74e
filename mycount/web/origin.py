"""Whether a request comes from a page of this server: by where the browser says that it comes from."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_HTTPS = frozenset({"https", "wss"})


@dataclass(frozen=True)
class Home:
    """Where this server is reached: at `public_url` if that is set, and at whatever host was asked for."""

    public_url: str | None = None

    def is_secure(self, scope: Scope) -> bool:
        """Say whether the browser came over HTTPS; the scheme is only what a trusted proxy or the socket says."""
        return scope.get("scheme") in _HTTPS or urlsplit(self.public_url or "").scheme == "https"

    def is_origin(self, origin: str | None, host: str | None) -> bool:
        """Say whether an Origin header names this server, given the Host header beside it."""
        if not origin:
            return False
        at = urlsplit(origin)
        if at.scheme not in ("http", "https") or not at.netloc:
            return False
        public = urlsplit(self.public_url or "")
        return at.netloc == host or (at.scheme, at.netloc) == (public.scheme, public.netloc)

    def sent(self, scope: Scope) -> bool:
        """Say whether a page of this server has sent a request that changes something.

        Browsers tell by Sec-Fetch-Site, older ones by Origin; one that tells neither is not believed. The
        header X-MyCount can be set by nobody else's page.
        """
        headers = Headers(scope=scope)
        if headers.get("x-mycount") != "1" or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        if "origin" in headers:
            return self.is_origin(headers["origin"], headers.get("host"))
        return "sec-fetch-site" in headers
