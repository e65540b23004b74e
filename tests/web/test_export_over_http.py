"""Exports by the real server: counted, compressed where that is understood, and a cut-off one is seen to be that."""

import gzip
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from mycount.services import members
from tests.asking import client
from tests.bench.filling import filled
from tests.conftest import copied, opened
from tests.server import Server
from tests.waiting import PATIENCE, until
from tests.world import Scene, World

MANY = 20_000  # 17 MB of JSON: more than the system holds between a server and a client that takes nothing


@contextmanager
def _served(template: Path, folder: Path, size: int) -> Iterator[tuple[Server, World, Scene]]:
    url = copied(template, folder)
    with contextmanager(opened)(url) as database, Server(url, folder) as server:
        world = World(database)
        yield server, world, filled(world, size)
        assert server.unforeseen() == []


def _visitor(server: Server, token: str, accepts: str = "identity") -> httpx.Client:
    # What has arrived and was not fetched yet is little.
    transport = httpx.HTTPTransport(socket_options=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)])
    headers = {"Cookie": f"mycount_session={token}", "Accept-Encoding": accepts, "Accept": "text/html"}
    return httpx.Client(base_url=server.address, headers=headers, transport=transport, timeout=PATIENCE)


def _counted(server: Server, wanted: str) -> float:
    with client() as asking:
        text = asking.get(f"{server.address}/metrics").text
    found = re.search(rf"^{re.escape(wanted)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_an_export_is_the_same_compressed_and_not_and_is_counted(
    sqlite_template: Path, tmp_path: Path
) -> None:
    with _served(sqlite_template, tmp_path, 2_500) as (server, world, scene):
        token, path = world.device(scene.owner), f"/groups/{scene.id}/export.csv"
        with _visitor(server, token) as visitor:
            plain = visitor.get(path)
        with _visitor(server, token, "gzip") as visitor, visitor.stream("GET", path) as answer:
            packed = b"".join(answer.iter_raw())

        assert (plain.status_code, answer.status_code) == (200, 200)
        assert answer.headers["content-encoding"] == "gzip" and gzip.decompress(packed) == plain.content
        assert plain.content.count(b",expense,") == 2_500
        for headers in (plain.headers, answer.headers):
            assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
            assert headers["vary"] == "Accept-Encoding" and "set-cookie" not in headers
        label = 'method="GET",path="/groups/{group_id}/export.csv",status="200"'
        assert _counted(server, f"http_requests_total{{{label}}}") == 2
        assert _counted(server, 'mycount_operations_total{operation="export.begin",outcome="ok"}') == 2
        assert _counted(server, 'mycount_operations_total{operation="export.read",outcome="ok"}') == 6


def test_who_loses_the_right_in_the_middle_sees_that_the_download_was_cut_off(
    sqlite_template: Path, tmp_path: Path
) -> None:
    with _served(sqlite_template, tmp_path, MANY) as (server, world, scene):
        token = world.device(world.join(scene, "Bo"))
        read = 'mycount_operations_total{operation="export.read",outcome="ok"}'
        with (
            _visitor(server, token) as visitor,
            visitor.stream("GET", f"/groups/{scene.id}/export.json") as answer,
        ):
            arriving = answer.iter_raw()
            assert b'"format":"mycount"' in next(arriving)
            members.remove(scene.owner, scene.id, scene.members["Bo"])
            with pytest.raises(httpx.RemoteProtocolError):
                for _ in arriving:
                    pass
        assert _counted(server, read) < MANY / 1000
        until(lambda: '"export_cut"' in server.log(), "the log tells of it")


def test_who_closes_the_connection_ends_the_work(sqlite_template: Path, tmp_path: Path) -> None:
    with _served(sqlite_template, tmp_path, MANY) as (server, world, scene):
        token, path = world.device(scene.owner), f"/groups/{scene.id}/export.json"
        done = 'http_requests_total{method="GET",path="/groups/{group_id}/export.json",status="200"}'
        with _visitor(server, token) as visitor, visitor.stream("GET", path) as answer:
            next(answer.iter_raw())
        until(lambda: _counted(server, done) == 1, "the request is over")
        read = _counted(server, 'mycount_operations_total{operation="export.read",outcome="ok"}')
        assert 0 < read < MANY / 1000
