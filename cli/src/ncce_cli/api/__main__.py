"""`python -m ncce_cli.api changes|release`: a process of its own, because it reads the code of all services."""

import sys

from rich.console import Console

from ncce_cli.api.commands import app
from ncce_cli.errors import CommandError

if __name__ == "__main__":
    try:
        app(prog_name="./ncce api")
    except CommandError as error:
        Console(stderr=True, highlight=False).print(f"[bold red]ncce:[/] {error}", soft_wrap=True)
        sys.exit(error.exit_code)
