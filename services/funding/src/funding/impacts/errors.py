"""Refusals about impacts."""

from uuid import UUID

from chassis.errors import NotFound


class ImpactNotFound(NotFound):
    """There is no such impact."""

    code, title = "impact-not-found", "No such impact"

    def __init__(self, impact_id: UUID) -> None:
        super().__init__(f"There is no impact {impact_id}.")
