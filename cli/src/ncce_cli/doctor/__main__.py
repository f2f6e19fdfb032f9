"""`python -m ncce_cli.doctor [--json]`: a process of its own, because it reads what events there are."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from ncce_cli.doctor.command import doctor
from ncce_cli.errors import CommandError


def main(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Say in a sentence what is wrong, or will be soon, and what to do."""
    try:
        doctor(Console(highlight=False), as_json)
    except CommandError as error:
        Console(stderr=True, highlight=False).print(f"[bold red]ncce:[/] {error}", soft_wrap=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    typer.run(main)
