"""Asks the server on this machine whether it can work, and answers by its exit code: what a container's health is.

It is started every few seconds, so it imports nothing of the program and nothing that takes time.
"""

import os
import socket
import sys

_SECONDS = 4.0  # the server itself gives the database less
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  what to ask where it listens on all


def main() -> int:
    """Exit code 0 if /health says 200 where the settings say the server listens, else 1 and a line about it."""
    # The same variables in the same order as the settings; the port of a .env file is not looked at.
    host = os.environ.get("MYCOUNT_HOST", "").removeprefix("[").removesuffix("]") or "127.0.0.1"
    port = os.environ.get("MYCOUNT_PORT") or os.environ.get("PORT") or "8000"
    try:
        answer = _asked(_EVERY_ADDRESS.get(host, host), int(port))
    except (OSError, ValueError) as error:
        answer = f"no answer on port {port}: {error}"
    sys.stdout.write(f"{answer}\n")
    return 0 if " 200 " in f"{answer} " else 1


def _asked(host: str, port: int) -> str:
    """Give the first line of the answer, such as "HTTP/1.1 200 OK"."""
    with socket.create_connection((host, port), timeout=_SECONDS) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return connection.makefile("rb").readline(200).decode("ascii", "replace").strip()


if __name__ == "__main__":
    sys.exit(main())
