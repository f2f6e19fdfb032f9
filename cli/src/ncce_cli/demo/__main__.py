"""`python -m ncce_cli.demo [--json]`: the journey against the platform of this state directory."""

import argparse
import sys

from ncce_cli.demo.command import play
from ncce_cli.errors import CommandError
from ncce_cli.state import home_of_environment, running_state


def main() -> None:
    """Exit 0 when every expectation held, 1 when one failed, and as other commands when nothing runs."""
    parser = argparse.ArgumentParser(prog="ncce demo", description="A teacher's journey, through the gateway.")
    parser.add_argument("--json", action="store_true", help="print the transcript and a summary as JSON")
    chosen = parser.parse_args()
    home = home_of_environment()
    try:
        state = running_state(home)
    except CommandError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    sys.exit(play(state.base_url, home.mail, as_json=chosen.json))


if __name__ == "__main__":
    main()
