"""The real Prometheus with our configuration and rules, only quicker: it scrapes every second."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import yaml

from tests.asking import client
from tests.monitoring import files, promtool
from tests.server import _free_port
from tests.waiting import PATIENCE, until

PENDING = "1s"  # instead of minutes; long enough for an alert to be seen waiting


class Prometheus:
    """A running Prometheus that scrapes one MyCount, at host:port."""

    def __init__(self, folder: Path, target: str) -> None:
        self._folder = folder
        self._port = _free_port()
        self._http = client(base_url=f"http://127.0.0.1:{self._port}/api/v1")
        self._configure(target)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        program = promtool.found("prometheus")
        assert program is not None
        with (self._folder / "prometheus.log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    program,
                    f"--config.file={self._folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={self._folder / 'data'}",
                    f"--web.listen-address=127.0.0.1:{self._port}",
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: self.values('up{job="mycount"} == 1'), "Prometheus scrapes MyCount")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._http.close()
        if kind is not None:
            print((self._folder / "prometheus.log").read_text()[-5000:])

    def values(self, query: str) -> list[float]:
        """Give the values that a query has now, without those that are no number."""
        with suppress(httpx.TransportError):  # it is just starting
            found = self._http.get("/query", params={"query": query})
            if found.status_code == 503:
                return []
            return _numbers(sample["value"] for sample in self._data(found)["result"])
        return []

    def value(self, query: str) -> float:
        """Give the one value that a query has; where it has none just now, because MyCount was too slow, wait."""
        found: list[list[float]] = [[]]

        def is_one() -> bool:
            found[0] = self.values(query)
            return len(found[0]) == 1

        until(is_one, f"one value of {query}")
        return found[0][0]

    def drawn(self, query: str, begun: float, ended: float) -> list[float]:
        """Give the values that a graph of the query has between two times, in seconds."""
        asked = {"query": query, "start": begun, "end": ended, "step": 1}
        found = self._data(self._http.post("/query_range", data=asked))["result"]
        return _numbers(value for series in found for value in series["values"])

    def firing(self) -> dict[str, dict[str, str]]:
        """Give the sentences of the alerts that are firing now, by name."""
        alerts = self._data(self._http.get("/alerts"))["alerts"]
        return {a["labels"]["alertname"]: a["annotations"] for a in alerts if a["state"] == "firing"}

    def fired(self) -> set[str]:
        """Name the alerts that have fired at any time."""
        query = 'count by (alertname) (count_over_time(ALERTS{alertstate="firing"}[10m]))'
        found = self._data(self._http.get("/query", params={"query": query}))["result"]
        return {series["metric"]["alertname"] for series in found}

    @contextmanager
    def also(self, rules: str) -> Iterator[None]:
        """Evaluate one more file of rules until the end of the block."""
        file = self._folder / "rules" / "also.yml"
        file.write_text(rules)
        self._reload()
        yield
        file.unlink()
        self._reload()

    def broken(self) -> list[str]:
        """Give the rules that could not be evaluated."""
        groups = self._data(self._http.get("/rules"))["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        assert len(rules) == len(files.rules("record")) + len(files.rules("alert"))
        return [f"{rule['name']}: {rule['lastError']}" for rule in rules if rule["health"] == "err"]

    def _reload(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    def _configure(self, target: str) -> None:
        configuration = files.read(files.PROMETHEUS / "prometheus.yml")
        configuration["global"] |= _QUICK
        for job in configuration["scrape_configs"]:
            own = job["job_name"] == "prometheus"
            job["static_configs"] = [{"targets": [f"127.0.0.1:{self._port}" if own else target]}]
        (self._folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
        (self._folder / "rules").mkdir()
        for file in (files.PROMETHEUS / "rules").glob("*.yml"):
            rules = files.read(file)
            for rule in (rule for group in rules["groups"] for rule in group["rules"]):
                rule |= {name: PENDING for name in ("for", "keep_firing_for") if name in rule}
            (self._folder / "rules" / file.name).write_text(yaml.safe_dump(rules))

    @staticmethod
    def _data(answer: httpx.Response) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


_QUICK = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "500ms"}


def _numbers(values: Any) -> list[float]:
    return [number for _, text in values if (number := float(text)) == number]
