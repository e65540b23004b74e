"""The log tells what happened, to machines or to people, and no secret; nobody can forge a line of it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from mycount.web import logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_events_of_ours_and_of_libraries_come_in_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.stdlib.get_logger("ours").info("saved", amount=1250)
        logging.getLogger("theirs").warning("odd: %s", "thing", extra={"reason": "some"})

    ours, theirs = written(capsys)
    assert (ours["event"], ours["amount"], ours["level"], ours["request_id"]) == ("saved", 1250, "info", "r1")
    assert (theirs["event"], theirs["reason"], theirs["request_id"]) == ("odd: thing", "some", "r1")
    assert list(ours)[:3] == ["timestamp", "level", "event"]


@pytest.mark.parametrize(
    "values",
    [
        {"password": "s3cret"},
        {"new_password": "s3cret"},
        {"email": "s3cret"},
        {"Cookie": "s3cret"},
        {"authorization": "s3cret"},
        {"nested": {"token": "s3cret", "deep": [{"secret_key": "s3cret"}]}},
        {"url": "postgresql://user:s3cret@host/db"},
        {"url": "postgresql://user:s3@cret@host/db", "s3cret": 1} | {"s3cret": "s3cret@example.org"},
        {"text": "asked by s3cret@example.org today"},
        {"path": "/join/s3cret-and-more"},
        {"query": "?client_id=s3cret&x=1"},
    ],
)
def test_secrets_are_not_printed(capsys: pytest.CaptureFixture[str], values: dict[str, object]) -> None:
    logs.configure("info", "json")

    structlog.stdlib.get_logger("ours").info("event", **values)

    (line,) = written(capsys)
    assert not [value for value in map(str, line.values()) if "s3cret" in value or "cret@" in value]


def test_secrets_in_tracebacks_and_messages_of_libraries_are_masked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info", "json")
    try:
        raise ValueError("no such user: ann@example.org in postgresql://u:s3cret@h/db")
    except ValueError:
        logging.getLogger("theirs").exception("failed for ann@example.org")

    (line,) = written(capsys)
    assert "ValueError" in str(line["exception"])
    assert "ann@" not in str(line) and "s3cret" not in str(line)


@pytest.mark.parametrize("style", ["json", "readable"])
def test_nobody_can_forge_a_line(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.configure("info", style)  # type: ignore[arg-type]
    evil = "x\n2026-01-01 [info] forged\r\x1b[2K\x85\u2028forged"
    logger = structlog.stdlib.get_logger("ours")
    logger.info("event", text=evil, **{"deep": {"list": [evil]}})
    logging.getLogger("theirs").error(evil)
    try:
        raise ValueError(evil)
    except ValueError:
        logger.exception("failed")

    text = capsys.readouterr().err
    assert "\x1b" not in text and "\r" not in text and "\u2028" not in text
    assert not [line for line in text.splitlines() if line.startswith(("2026-01-01 [info] forged", "forged"))]


def test_the_key_of_a_page_that_uvicorn_names_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug", "json")
    logger = logging.getLogger("uvicorn.error")
    logger.info('"WebSocket /_nicegui_ws/socket.io/?client_id=1234" [accepted]')
    logger.warning("odd /_nicegui_ws/socket.io/?client_id=1234")
    logger.error("Exception in ASGI application\n")

    (line,) = written(capsys)
    assert "1234" not in str(line["event"])


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "json")
    structlog.stdlib.get_logger("ours").info("quiet")
    logging.getLogger("theirs").info("quiet")
    structlog.stdlib.get_logger("ours").warning("loud")

    assert [line["event"] for line in written(capsys)] == ["loud"]


def test_configuring_twice_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        logs.configure("info", "json")
    structlog.stdlib.get_logger("ours").info("once")

    assert len(written(capsys)) == 1
