"""Commands that work on the database without serving it: audit, demo, accounts."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mycount.domain.errors import Refusal

if TYPE_CHECKING:
    from mycount.db.session import Database
    from mycount.settings import Loaded

BAD_SETTINGS = 78  # EX_CONFIG of sysexits.h

user = typer.Typer(help="Accounts: add one, set a password, or close one.", no_args_is_help=True)


def load_settings() -> "Loaded":
    """Read the settings for a command; what is wrong with them is printed, one line each, and ends the program."""
    from mycount.settings import SettingsError, load

    try:
        return load()
    except SettingsError as error:
        for line in error.refusals:
            typer.echo(f"mycount: {line}", err=True)
        raise typer.Exit(BAD_SETTINGS) from None


def check() -> None:
    """Audit the books: parts make up amounts, balances are their sums and sum to zero. Faults end in exit code 1."""
    with _services(existing=True):
        from mycount.services import books

        faults = books.audit()
        for fault in faults:
            typer.echo(f"{fault.where}: {fault.what}", err=True)
        if faults:
            typer.echo(f"mycount: faults in the books: {len(faults)}", err=True)
            raise typer.Exit(1)
        counted = books.size()
        typer.echo(f"The books are sound. Groups: {counted.groups}, expenses: {counted.expenses}.")


def demo() -> None:
    """Fill an empty database with a few groups, so that one can look around."""
    with _services():
        from mycount.demo import EMAIL, fill

        password = fill()
        typer.echo(f"Three groups are there. Sign in as {EMAIL} with the password {password}")


def backup(
    file: Annotated[Path | None, typer.Argument(help="The file to make; it must not exist yet.")] = None,
    made_elsewhere: Annotated[
        bool, typer.Option("--made-elsewhere", help="Only record that a backup was made by other means.")
    ] = False,
) -> None:
    """Write a complete copy of the database to a new file, also while MyCount is serving; the moment is recorded.

    SQLite gives a database file, PostgreSQL an archive for pg_restore (made by pg_dump, which must be on the PATH).
    """
    if (file is None) is not made_elsewhere:
        raise typer.BadParameter("give either the FILE to make, or --made-elsewhere")
    from mycount.db.backup import back_up, record

    with _database() as database:
        if file is not None:
            back_up(database, file)
            typer.echo(f"Everything is in {file}.")
        if not record(database):
            typer.echo(
                "mycount: the backup is not recorded: the database is of an older version (mycount migrate)",
                err=True,
            )


def reset(
    name: Annotated[
        str | None,
        typer.Option(
            "--yes-delete-everything",
            metavar="NAME",
            help="Do not ask; NAME is the name of the database, as a script knows it.",
        ),
    ] = None,
) -> None:
    """Delete everything that is stored and begin anew. Says what will be lost, and asks for the database's name."""
    from mycount.database_url import redacted
    from mycount.db.reset import contents, is_in_use
    from mycount.db.reset import reset as throw_away

    with _database() as database:
        url = database.engine.url
        known = Path(url.database or "").name if database.is_sqlite else url.database or ""
        if is_in_use(database):
            raise ValueError(
                f"nothing was deleted: the database {known} is in use; stop MyCount, and do this then"
            )
        lost = contents(database)
        typer.echo(f"Everything in the database {known} ({redacted(str(url))}) will be deleted for good:")
        typer.echo(f"groups: {lost.groups}, expenses: {lost.expenses}, accounts: {lost.accounts}.")
        if not known or known != (name if name is not None else _asked_for_name()):
            raise ValueError(f"nothing was deleted: the database is called {known}")
        typer.echo(f"Everything is deleted. The database is empty, at revision {throw_away(database)}.")


def _asked_for_name() -> str:
    if not sys.stdin.isatty():
        raise ValueError(
            "nothing was deleted: there is nobody to ask; name the database with --yes-delete-everything NAME"
        )
    asked: str = typer.prompt("To delete it, type the name of the database", default="", show_default=False)
    return asked


@user.command("reset-password")
def reset_password(
    email: str,
    generate: Annotated[bool, typer.Option(help="Make a password and print it, instead of asking.")] = False,
) -> None:
    """Set the password of an account; it is signed out everywhere."""
    new = _password(generate)
    with _services(existing=True):
        from mycount.services import users

        users.reset_password(email, new)
        typer.echo(f"The new password is {new}" if generate else "The new password is set.")


@user.command()
def add(
    name: str,
    email: str,
    generate: Annotated[bool, typer.Option(help="Make a password and print it, instead of asking.")] = False,
) -> None:
    """Make an account for somebody, also while sign-up is closed."""
    new = _password(generate)
    with _services():
        from mycount.services import users

        users.add(name, email, new)
        typer.echo(f"The password is {new}" if generate else "The account is there.")


@user.command()
def close(email: str, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Close an account for good, as its owner can; places in groups stay as names, with all their sums."""
    if not yes and not sys.stdin.isatty():
        typer.echo("mycount: there is nobody to ask: add --yes", err=True)
        raise typer.Exit(1)
    with _services(existing=True):
        from mycount.services import closing

        _ = yes or typer.confirm(f"Close the account of {email}? Nobody can undo it.", abort=True)
        closing.close_for(email)
        typer.echo("The account is closed.")


def _password(generate: bool) -> str:
    if generate:
        return secrets.token_urlsafe(12)
    if not sys.stdin.isatty():
        typer.echo(
            "mycount: there is nobody to ask for a password: add --generate, or give a terminal "
            "(docker exec --interactive --tty)",
            err=True,
        )
        raise typer.Exit(1)
    asked: str = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    return asked


def _refuse_missing(loaded: "Loaded") -> None:
    """End the program where there is no database to work on: most likely it was started in another folder."""
    from sqlalchemy import make_url

    url = make_url(loaded.settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        typer.echo(
            f"mycount: there is no database at {url.database}: go to MyCount's folder, or set MYCOUNT_DATA_DIR",
            err=True,
        )
        raise typer.Exit(1)


@contextmanager
def _database() -> Iterator["Database"]:
    """Open the database of the settings as it is; what goes wrong with it is printed in one line."""
    from sqlalchemy.exc import SQLAlchemyError

    from mycount.db.session import open_database
    from mycount.web.health import reason_of

    loaded = load_settings()
    _refuse_missing(loaded)
    database = open_database(loaded.settings.database_url)
    try:
        yield database
    except SQLAlchemyError as error:
        typer.echo(f"mycount: the database cannot be used: {reason_of(error)}", err=True)
        raise typer.Exit(1) from None
    except (ValueError, OSError) as error:
        typer.echo(f"mycount: {error}", err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()


@contextmanager
def _services(*, existing: bool = False) -> Iterator[None]:
    """Let services use the database of the settings, brought up to date; refusals are printed in one line.

    With `existing` a database that is not there is not made.
    """
    from mycount.db.migrate import ahead, migrate
    from mycount.db.session import open_database
    from mycount.services import access
    from mycount.services.neighbours import Neighbours
    from mycount.web.health import reason_of
    from mycount.web.rules import policy

    loaded = load_settings()
    if existing:
        _refuse_missing(loaded)
    database = open_database(loaded.settings.database_url)
    try:
        if newer := ahead(migrate(database)):
            typer.echo(f"mycount: {newer}", err=True)
    except Exception as error:
        typer.echo(f"mycount: the database cannot be used: {reason_of(error)}", err=True)
        raise typer.Exit(1) from None
    rules = policy(loaded.settings)
    if database.is_sqlite:
        access.start(database, rules)
    else:
        access.start(database, rules, Neighbours(rules.secret_key).tell_news)
    try:
        yield
    except Refusal as refusal:
        typer.echo(f"mycount: {refusal}", err=True)
        raise typer.Exit(1) from None
    finally:
        access.stop()
        database.close()
