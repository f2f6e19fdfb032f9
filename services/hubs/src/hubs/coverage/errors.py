"""Refusals about coverage."""

from collections.abc import Sequence

from chassis.errors import Conflict, NotFound, Unprocessable
from hubs.coverage.models import HubCoverage


class CoverageNotFound(NotFound):
    """The hub has no such period of coverage."""

    code, title = "coverage-not-found", "No such coverage of this hub"


class DistrictUnknown(Unprocessable):
    """Coverage is of districts as they are today, under their present codes."""

    code, title = "district-unknown", "There is no such district today"


class CoversNothing(Conflict):
    """A satellite covers no district itself, and neither does a hub that is not open."""

    code, title = "hub-covers-nothing", "This hub covers no districts"


class CoverageOverlaps(Conflict):
    """A hub covers the district on some of the days; `coverage` names them. Hand the district over instead."""

    code, title = "coverage-overlaps", "The district is covered on some of these days"

    def __init__(self, district: str, others: Sequence[HubCoverage]) -> None:
        named = [
            {
                "id": str(one.id),
                "hub_id": str(one.hub_id),
                "valid_from": str(one.valid_from),
                "valid_to": None if one.valid_to is None else str(one.valid_to),
            }
            for one in others
        ]
        super().__init__(f"{district} is covered on some of these days already; hand it over.", coverage=named)


class CoverageDayWrong(Unprocessable):
    """The last day is before the first, or a hand-over is not within the days of what is handed over."""

    code, title = "coverage-day-wrong", "The day does not fit the coverage"


class CoverageBegun(Conflict):
    """Only coverage that has not begun can be taken back; one that has is ended or handed over."""

    code, title = "coverage-begun", "The coverage has begun"
