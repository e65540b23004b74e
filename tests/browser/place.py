"""The ways to have a proxy in front of MyCount, and MyCount as it is reached through one."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.sync.client import connect

from tests.proxies import Kind, Proxy
from tests.server import Server
from tests.waiting import PATIENCE

PLAIN = {
    "listen 443 ssl": "listen 80",
    "    ssl_certificate /etc/ssl/certs/money.pem;\n": "",
    "    ssl_certificate_key /etc/ssl/private/money.key;\n": "",
}
BELOW = {
    "location = /metrics": "location = /money/metrics",
    "location / {": "location /money/ {",
    "money.example.org": "example.org",
}
TAKEN_OFF = {**BELOW, "proxy_pass http://127.0.0.1:8000;": "proxy_pass http://127.0.0.1:8000/;"}


@dataclass(frozen=True)
class Setup:
    """One way to have a proxy in front: which, known as what, which documented block, with which words changed."""

    kind: Kind
    origin: str
    path: str = ""
    block: int = 0
    changes: dict[str, str] = field(default_factory=dict)


SETUPS = {
    "nginx at the root without TLS": Setup("nginx", "http://money.example.org", changes=PLAIN),
    "nginx below a path": Setup("nginx", "https://example.org", "/money", changes=BELOW),
    "Caddy at the root": Setup("caddy", "https://money.example.org"),
    "nginx that takes the path off": Setup("nginx", "https://example.org", "/money", changes=TAKEN_OFF),
    "Caddy below a path": Setup("caddy", "https://example.org", "/money", 1),
}


class Place:
    """MyCount behind a proxy, at the address that people know."""

    def __init__(self, setup: Setup, server: Server, proxy: Proxy) -> None:
        self.setup = setup
        self.server = server
        self.proxy = proxy
        self.origin = f"{setup.origin}:{proxy.port}"
        self.url = self.origin + setup.path

    def ask(self, path: str, **headers: str) -> httpx.Response:
        """Ask for an address below the public URL, through the proxy."""
        name = self.origin.partition("://")[2]
        with httpx.Client(verify=False, timeout=PATIENCE) as client:
            return client.get(
                f"{self.setup.origin.partition(':')[0]}://127.0.0.1:{self.proxy.port}{self.setup.path}{path}",
                headers={"Host": name, "Accept": "text/html", **headers},
                extensions={"sni_hostname": name.partition(":")[0]},
            )

    def hello(self, origin: str) -> dict[str, Any]:
        """Open a websocket as a page from there would, and give what the server says first."""
        url = self.url.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        stream = self.proxy.connected(self.setup.origin.partition("://")[2])
        with connect(
            f"{url.replace('wss', 'ws')}&client_id={uuid.uuid4()}",  # the stream is encrypted already
            sock=stream,
            origin=origin,
            compression=None,
        ) as socket:
            said: dict[str, Any] = json.loads(str(socket.recv(timeout=PATIENCE))[1:])
            return said
