"""Behind a proxy that is set up as README.md shows, limits are for one visitor each, whoever they claim to be."""

from pathlib import Path

import httpx
import pytest

from tests.proxies import Kind, Proxy, name_in
from tests.server import Server
from tests.waiting import PATIENCE

SLOWLY = "0.09"  # one page at once, then one in eleven seconds


class Visitor:
    """Somebody with an address of their own: this machine has a whole network of them."""

    def __init__(self, proxy: Proxy, address: str) -> None:
        self._proxy = proxy
        self._name = name_in(proxy.configuration)
        transport = httpx.HTTPTransport(local_address=address, verify=False)
        self._client = httpx.Client(transport=transport, timeout=PATIENCE)

    def ask(self, **headers: str) -> int:
        """Ask for a page; gives the status."""
        answer = self._client.get(
            f"{'https' if self._proxy.is_tls else 'http'}://127.0.0.1:{self._proxy.port}/sign-up",
            headers={"Host": self._name, "Accept": "text/html", **headers},
            extensions={"sni_hostname": self._name},
        )
        return answer.status_code


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
@pytest.mark.parametrize(("trusted", "theirs"), [("127.0.0.1", 200), ("", 429)], ids=["trusted", "unknown"])
def test_who_asks_for_too_much_keeps_others_waiting_only_behind_a_proxy_that_is_not_trusted(
    sqlite_url: str, tmp_path: Path, kind: Kind, trusted: str, theirs: int
) -> None:
    settings = {"MYCOUNT_PAGES_PER_SECOND": SLOWLY, "MYCOUNT_TRUSTED_PROXIES": trusted}
    with Proxy(kind, tmp_path / "proxy") as proxy, Server(sqlite_url, tmp_path, **settings) as server:
        proxy.start(server.port)
        greedy, other = Visitor(proxy, "127.0.0.2"), Visitor(proxy, "127.0.0.3")

        told = [greedy.ask(**{"X-Forwarded-For": claim}) for claim in ("192.0.2.1", "192.0.2.2")]

        assert told == [200, 429], "whatever is claimed"
        assert other.ask() == theirs
