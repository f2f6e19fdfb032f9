"""What a check is, and what it found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One record that is not as it must be: the check by name, the record, and what is wrong."""

    check: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Check:
    """A rule between records by name, and the query for what breaks it: `subject` and `detail`."""

    name: str
    query: str
