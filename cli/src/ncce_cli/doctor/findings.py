"""What the doctor says."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong now, or will be soon: a word for programs, and a sentence for people."""

    code: str
    part: str
    """Which process, service or server it is about; `machine` for what lies below all of them."""
    sentence: str
    severity: Literal["wrong", "soon"] = "wrong"


def runbook(name: str) -> str:
    """Where more is said."""
    return f"deploy/runbooks/{name}.md"
