"""Whether a request comes from a page of this server: by where the browser says that it comes from."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from pages.addresses import path_of

_HTTPS = frozenset({"https", "wss"})
_PORTS = {"http": 80, "https": 443}
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Home:
    """Where this server is reached: at `public_url` and on its own machine; without one, at whatever host is asked for.

    So with a public URL, a name that an attacker has pointed at this server ("DNS rebinding") opens nothing. Without
    one it leads where any stranger gets who can reach the server: cookies stay with the name they were set for.
    """

    public_url: str | None = None

    @property
    def path(self) -> str:
        """The path that all addresses begin with, as browsers write it: "/money", or ""."""
        return path_of(self.public_url)

    def is_secure(self, scope: Scope) -> bool:
        """Say whether the browser came over HTTPS; the scheme is only what a trusted proxy or the socket says."""
        return scope.get("scheme") in _HTTPS or urlsplit(self.public_url or "").scheme == "https"

    def is_origin(self, origin: str | None, host: str | None) -> bool:
        """Say whether an Origin header names this server, given the Host header beside it."""
        try:
            at = urlsplit(origin or "")
        except ValueError:
            return False
        if at.scheme not in _PORTS or not at.netloc:
            return False
        if self.public_url is None:
            return at.netloc == host
        is_here = at.netloc == host and at.hostname in _THIS_MACHINE
        return is_here or _place(at) == _place(urlsplit(self.public_url))

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


def _place(at: SplitResult) -> tuple[str, str]:
    """Give scheme and host, the port left out where it is the usual one, as browsers do."""
    return at.scheme, at.netloc.lower().removesuffix(f":{_PORTS[at.scheme]}")
