"""`python -m ncce_cli.sdk`: write the libraries for callers from the released description of the API."""

from rich.console import Console

from ncce_cli.sdk import writing

if __name__ == "__main__":
    writing.write(Console(highlight=False))
