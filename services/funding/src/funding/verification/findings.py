"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One record that is not as it must be: the check by name, the record, and what is wrong."""

    check: str
    subject: str
    detail: str
