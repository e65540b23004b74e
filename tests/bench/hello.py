"""The floor: a NiceGUI page with one label and nothing of ours; run as `python -m tests.bench.hello PORT`."""

import sys

import uvicorn
from fastapi import FastAPI
from nicegui import ui

WORDS = "Hello, world"


def main() -> None:
    """Serve the page on a port of this machine, with what NiceGUI does unless told otherwise."""
    app = FastAPI()
    ui.page("/")(lambda: ui.label(WORDS))
    ui.run_with(app, show_welcome_message=False)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
