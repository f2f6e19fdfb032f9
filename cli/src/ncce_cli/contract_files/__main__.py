"""`python -m ncce_cli.contract_files`: write the snapshots and the AsyncAPI document."""

import argparse
import sys

from rich.console import Console

from ncce_cli.contract_files.command import write
from ncce_cli.errors import CommandError


def main() -> None:
    """Exit 0 when all is written, 1 when a change would break a consumer."""
    argparse.ArgumentParser(prog="ncce contracts", description="Snapshots and AsyncAPI of the events.").parse_args()
    try:
        write(Console(highlight=False))
    except CommandError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
