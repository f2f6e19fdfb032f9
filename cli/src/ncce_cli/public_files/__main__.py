"""`python -m ncce_cli.public_files verify FILE… | witness URL FOLDER [--entries]`."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ncce_cli.errors import CommandError
from ncce_cli.public_files import checks


def main() -> None:
    """Exit 0 when everything is as it is said to be; otherwise as other commands, with a sentence."""
    parser = argparse.ArgumentParser(prog="ncce")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("verify").add_argument("files", nargs="+", type=Path)
    witness = commands.add_parser("witness")
    witness.add_argument("url")
    witness.add_argument("folder", type=Path)
    witness.add_argument("--entries", action="store_true")
    chosen = parser.parse_args()
    console = Console(highlight=False)
    try:
        if chosen.command == "verify":
            checks.verify(console, chosen.files)
        else:
            checks.witness(console, chosen.url, chosen.folder, chosen.entries)
    except CommandError as error:
        Console(stderr=True, highlight=False).print(f"[bold red]ncce:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
