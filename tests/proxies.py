"""Real reverse proxies for the tests, with the configurations that README.md shows: nginx and Caddy.

They are taken as they are installed, else out of Debian's packages, without installing them: that would start them.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import pytest

from tests.server import _free_port
from tests.waiting import PATIENCE, until

Kind = Literal["nginx", "caddy"]

_README = Path(__file__).parent.parent / "README.md"
_UNPACKED = Path(sys.prefix) / "share" / "mycount-tests"
_NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr warn; events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    {documented}
}}
"""
_CADDY = """
{{
    admin off
    auto_https disable_redirects
    local_certs
    skip_install_trust
    default_bind 127.0.0.1
    https_port {port}
    storage file_system {folder}
}}
{documented}
"""


class Proxy:
    """A running proxy in front of a server's port, set up as documented, with `changes` of words in it."""

    def __init__(
        self, kind: Kind, folder: Path, block: int = 0, changes: dict[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.port = _free_port()
        self._folder = folder
        self.configuration = documented(kind)[block]
        for old, new in (changes or {}).items():
            assert old in self.configuration, f"README.md does not show {old!r} any more"
            self.configuration = self.configuration.replace(old, new)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, upstream: int) -> Self:
        """Begin to pass on to a port of this machine; wait until connections are taken."""
        folder, file = self._folder, self._folder / self.kind
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(self._whole(upstream), encoding="utf-8")
        command = {
            "nginx": [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(file)],
            "caddy": [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)],
        }[self.kind]
        environment = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        until(self._answers, f"{self.kind} answers")
        return self

    def stop(self) -> None:
        """End it."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def connected(self, name: str) -> socket.socket:
        """Connect as a browser does that asks for a host of this name."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        return _unverified().wrap_socket(made, server_hostname=name) if self.is_tls else made

    @property
    def is_tls(self) -> bool:
        """Whether it takes TLS alone."""
        return self.kind == "caddy" or "ssl" in self.configuration

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            self.connected(name_in(self.configuration)).close()
        except OSError:
            return False
        return True

    def _whole(self, upstream: int) -> str:
        text = self.configuration.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
        if self.kind == "caddy":
            return _CADDY.format(folder=self._folder, port=self.port, documented=text)
        text = re.sub(r"listen \d+", f"listen 127.0.0.1:{self.port}", text)
        if self.is_tls:
            _make_certificate(self._folder)
            text = re.sub(r"(ssl_certificate(?:_key)?) \S+/(\w+\.\w+);", rf"\1 {self._folder}/\2;", text)
        return _NGINX.format(folder=self._folder, documented=text)


def documented(kind: Kind) -> list[str]:
    """Give the configurations of a proxy that README.md shows."""
    language = {"nginx": "nginx", "caddy": "caddyfile"}[kind]
    text = _README.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def name_in(configuration: str) -> str:
    """Give the name of the host that a configuration is for."""
    found = re.search(r"\b(?:\w+\.)*example\.org\b", configuration)
    assert found
    return found[0]


@cache
def program(kind: Kind) -> str:
    """Give the path of a proxy's program; skips the test where there is none, and fails it if CI=true."""
    installed = shutil.which(kind, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or _unpacked(kind)
    if installed is not None and shutil.which("openssl"):
        return installed
    reason = f"no {kind} here (or no openssl), and Debian's package cannot be had"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _unpacked(kind: Kind) -> str | None:
    """Take a program out of Debian's package; gives None where there is no Debian, or it does not run."""
    if shutil.which("apt-get") is None:
        return None
    folder = _UNPACKED / kind
    path = next(
        (folder / below for below in ("usr/sbin", "usr/bin") if (folder / below / kind).exists()), None
    )
    if path is None:
        folder.mkdir(parents=True, exist_ok=True)
        may = (
            [] if os.geteuid() == 0 else ["sudo", "--non-interactive"] if shutil.which("sudo") else ["false"]
        )
        for command in ([*may, "apt-get", "update"], ["apt-get", "download", kind]):
            subprocess.run(command, cwd=folder, capture_output=True, check=False)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, folder], capture_output=True, check=False)
        path = folder / {"nginx": "usr/sbin", "caddy": "usr/bin"}[kind]
    file = path / kind
    runs = file.exists() and subprocess.run([file, "-h"], capture_output=True, check=False).returncode == 0
    return str(file) if runs else None


def _make_certificate(folder: Path) -> None:
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    )
    files = ["-keyout", str(folder / "money.key"), "-out", str(folder / "money.pem")]
    subprocess.run([*command.split(), *files], capture_output=True, check=True)


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
