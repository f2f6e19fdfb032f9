"""Refusals about eligibility."""

from chassis.errors import NotFound


class SchoolNotFound(NotFound):
    """No school of this number is known."""

    code, title = "school-not-found", "No such school"

    def __init__(self, urn: str) -> None:
        super().__init__(
            f"No school with the number {urn} is known.",
            hint="The unique reference number has six digits; look it up with GET /v1/schools?q=.",
        )


class PublishedRuleDiffers(ValueError):
    """A rule version that was published is held with other content: versions never change, add the next one."""
