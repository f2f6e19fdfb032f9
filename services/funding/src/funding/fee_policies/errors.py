"""Refusals about fee policies."""

from datetime import date

from chassis.errors import Conflict


class NoFeePolicy(Conflict):
    """No published fee policy had begun on the day."""

    code, title = "no-fee-policy-in-force", "No fee policy is in force"

    def __init__(self, on: date) -> None:
        super().__init__(f"No fee policy is in force on {on}.")


class PublishedFeesDiffer(ValueError):
    """A version that was published is held with other content: versions never change, add the next one."""
