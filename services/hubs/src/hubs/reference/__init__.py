"""Reference data that ships with the service. README.md beside this file names source, vintage and licence of each."""

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Every row of a CSV file of this package; an empty cell is an empty string."""
    with (files(__name__) / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
