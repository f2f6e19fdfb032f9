"""`ncce api …`: what the API was when it was released, and what has changed since."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from ncce_cli.api import releases
from ncce_cli.sdk import writing

app = typer.Typer(help="The described API and its releases.", no_args_is_help=True)
console = Console(highlight=False)


@app.command()
def changes() -> None:
    """Say what has changed since the last release, and what of it breaks callers."""
    releases.tell(console)


@app.command()
def release(
    day: Annotated[str | None, typer.Option("--on", help="The day of the release.", show_default="today")] = None,
    breaking: Annotated[bool, typer.Option("--breaking", help="Although it breaks callers.")] = False,
) -> None:
    """Make the present API the released one: snapshot, list of changes, libraries."""
    releases.release(console, day or date.today().isoformat(), breaking)  # noqa: DTZ011  the day where it is done
    writing.write(console)
