"""The command line. What a command needs is imported when it runs, so that `mycount --help` is quick."""

import signal
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from mycount import commands
from mycount.commands import load_settings

cli = typer.Typer(
    help="MyCount: share expenses with friends, flatmates and small teams.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    cli()


@cli.callback(invoke_without_command=True)
def options(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Handle what stands before the command."""
    if show_version:
        typer.echo(f"mycount {version('mycount')}")
        raise typer.Exit


@cli.command()
def serve() -> None:
    """Serve MyCount; the address and everything else are settings, see `mycount config`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process of a container has no default
    loaded = load_settings()
    from mycount.web.serve import AddressError
    from mycount.web.serve import serve as run

    try:
        code = run(loaded)
    except AddressError as error:
        typer.echo(f"mycount: {error}", err=True)
        code = 1
    raise typer.Exit(code)


@cli.command()
def migrate() -> None:
    """Bring the database up to date. Serving does so too; running it again changes nothing."""
    settings = load_settings().settings
    from mycount.db.migrate import ahead
    from mycount.db.migrate import migrate as upgrade
    from mycount.db.session import open_database
    from mycount.web.health import reason_of

    database = open_database(settings.database_url)
    try:
        revision = upgrade(database)
        newer = ahead(revision)
        typer.echo(f"mycount: {newer}" if newer else f"The database is at revision {revision}.")
    except Exception as error:
        typer.echo(f"mycount: the database could not be brought up to date: {reason_of(error)}", err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()


@cli.command()
def config(
    example: Annotated[
        bool, typer.Option("--example", help="Print a .env file to begin from instead.")
    ] = False,
) -> None:
    """Print every setting in force, with its source; secrets are not shown."""
    if example:
        from mycount.settings import example as text

        typer.echo(text(), nl=False)
        return
    loaded = load_settings()
    from mycount.settings import rows

    for name, value, source, _ in rows(loaded):
        typer.echo(f"{name}={value}  # {source}")
    for line in (*loaded.warnings, *loaded.unread):
        typer.echo(f"mycount: {line}", err=True)


cli.command()(commands.check)
cli.command()(commands.demo)
cli.command()(commands.backup)
cli.command()(commands.reset)
cli.add_typer(commands.user, name="user")

if __name__ == "__main__":
    main()
