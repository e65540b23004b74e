"""Asks servers of the tests over HTTP: patiently, and without TLS, whose set-up takes longer than most answers."""

from typing import Any

import httpx

from tests.waiting import PATIENCE


def ask(url: str, method: str = "GET", **options: Any) -> httpx.Response:
    """Ask once, by a connection of its own."""
    with client() as once:
        return once.request(method, url, **options)


def client(**options: Any) -> httpx.Client:
    """Give somebody who asks several times, and keeps cookies and connections."""
    return httpx.Client(**{"timeout": PATIENCE, "verify": False, **options})
