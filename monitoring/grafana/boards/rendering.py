"""Makes JSON of the dashboards, always in the same order of keys, so that a change is a small difference."""

from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from monitoring.grafana.boards import backend_overview, mycount

FOLDER = Path(__file__).parents[1] / "dashboards" / "json"


def rendered() -> dict[str, str]:
    """Give the text of each file by its name, which is the dashboard's uid."""
    boards = [backend_overview.board(), mycount.board()]
    return {
        f"{board.uid}.json": JSONEncoder(sort_keys=True, indent=2).encode(board) + "\n" for board in boards
    }
