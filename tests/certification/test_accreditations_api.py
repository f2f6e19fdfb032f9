"""What projects of networks accredit people as: kept by the latest word, and told to them alone."""

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest

from builders import a_teacher
from chassis.ids import new_id
from contracts.networks import ParticipationRecorded
from harness import ServiceHarness

PERSON = a_teacher("900001")
assert PERSON.id


def recorded(participation_id: UUID, revision: int, accreditation: str | None) -> ParticipationRecorded:
    """How somebody's part in a group of the programme for leads of professional development turned out."""
    return ParticipationRecorded(
        participation_id=participation_id,
        group_id=UUID(int=5),
        person_id=PERSON.id or new_id(),
        school_urn="900001",
        network="maths-hubs",
        project_code="19-05",
        project_year="2019-20",
        role=None,
        outcome="completed" if accreditation else "incomplete",
        sessions_held=3,
        sessions_attended=3 if accreditation else 1,
        recorded_on=date(2020, 7, 10),
        accreditation=accreditation,
        revision=revision,
    )


async def held(certification: ServiceHarness) -> list[tuple[str, str]]:
    found = (await (await certification.client(PERSON)).get("/v1/accreditations")).json()["data"]
    return [(one["accreditation"], one["project_code"]) for one in found]


async def test_completing_a_project_that_accredits_is_told_to_whom_it_accredits(certification: ServiceHarness) -> None:
    await certification.deliver(recorded(new_id(), 1, "pd-lead"), times=2)
    await certification.deliver(recorded(new_id(), 1, None))
    assert await held(certification) == [("pd-lead", "19-05")]
    other = await (await certification.client(a_teacher("900002"))).get("/v1/accreditations")
    assert other.json()["data"] == []


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_the_latest_word_counts_in_whatever_order_it_comes(
    certification: ServiceHarness, order: tuple[int, ...]
) -> None:
    one = new_id()
    said = [recorded(one, 1, "pd-lead"), recorded(one, 2, None), recorded(one, 3, "pd-lead")]
    for index in order[: 3 if order[0] else 2]:
        await certification.deliver(said[index])
    latest = max(order[: 3 if order[0] else 2])
    assert await held(certification) == ([("pd-lead", "19-05")] if latest != 1 else [])
