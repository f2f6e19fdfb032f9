"""Grants as open data: valid by the standard's own schema, about organisations alone, cached by what they say."""

import csv
import io
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry, Resource

from builders import anonymous
from funding.app import SERVICE
from funding.open_data.rules import COLUMNS, Award, grant_of, organisation_id, pounds
from funding_facts import Steps
from grant_steps import Grants
from harness import ServiceHarness
from statement_facts import Months

SCHEMAS = Path(__file__).parent / "data" / "360-giving"
FUNDER = {"id": "360G-x-org:dfe", "name": "A department"}


def validator() -> Draft202012Validator:
    read = [json.loads((SCHEMAS / f"360-giving-{name}.json").read_text()) for name in ("schema", "package-schema")]
    registry: Registry[Any] = Registry().with_resources([(one["$id"], Resource.from_contents(one)) for one in read])
    formats = FormatChecker(())
    formats.checks("date-time")(is_a_moment)
    return Draft202012Validator(read[1], registry=registry, format_checker=formats)


def is_a_moment(value: object) -> bool:
    """RFC 3339, which the library checks only with a package more."""
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", str(value)) is not None


def an_award(**facts: Any) -> Award:
    known: dict[str, Any] = {
        "id": "01920000-0000-7000-8000-000000000000",
        "title": "Development work group",
        "card": "19-09",
        "card_version": 1,
        "reference": "north-1",
        "recipient_kind": "school",
        "recipient_id": "900001",
        "recipient_name": "School 900001 (synthetic)",
        "own_pence": 1_780_001,
        "paid_pence": 0,
        "awarded_at": datetime(2026, 3, 31, 23, 30, tzinfo=UTC),
        "changed_at": datetime(2026, 4, 2, 9, 0, tzinfo=UTC),
        "is_sandbox": False,
    }
    return Award(**(known | facts))


def test_a_grant_is_dated_in_england_and_priced_in_pounds() -> None:
    grant = grant_of("x", FUNDER, an_award())
    assert (grant["awardDate"], grant["amountAwarded"], grant["currency"]) == ("2026-04-01", 17_800.01, "GBP")
    assert grant["dateModified"] == "2026-04-02T09:00:00Z"
    assert [*validator().iter_errors({"grants": [grant]})] == []


@pytest.mark.parametrize("missing", ["id", "title", "description", "currency", "amountAwarded", "awardDate"])
def test_the_schema_does_notice_what_is_missing(missing: str) -> None:
    grant = grant_of("x", FUNDER, an_award())
    del grant[missing]
    assert [*validator().iter_errors({"grants": [grant]})]


@pytest.mark.parametrize(
    ("kind", "known_as", "expected"),
    [
        ("school", "900001", "GB-EDU-900001"),
        ("company", "01234567", "GB-COH-01234567"),
        ("hub", "5d1f3f3e-3f67-5cbb-9d41-0a3f2b7c1e10", "360G-x-org:5d1f3f3e-3f67-5cbb-9d41-0a3f2b7c1e10"),
        ("local_authority", "Example council / north", "360G-x-org:Example-council-north"),
    ],
)
def test_organisations_go_by_the_number_that_others_know(kind: str, known_as: str, expected: str) -> None:
    assert organisation_id("x", kind, known_as) == expected


@pytest.mark.parametrize(("pence", "expected"), [(100, 1), (101, 1.01), (1_575_000, 15_750), (29, 0.29)])
def test_pence_become_pounds_without_loss(pence: int, expected: float) -> None:
    assert pounds(pence) == expected


async def test_awards_are_published_valid_and_bursaries_never(funding: ServiceHarness, steps: Steps) -> None:
    grants = await Grants.begin(steps)
    await grants.propose(reference="only-proposed")
    award = await grants.accepted()
    bursary = await Months(steps).a_paid_bursary()
    reply = await steps.get(anonymous(), "/open/grants.json")
    package = reply.json()
    assert [*validator().iter_errors(package)] == []
    assert [one["id"] for one in package["grants"]] == [f"360G-ncce-{award['id']}"]
    assert not re.search(rf"recipientIndividual|{bursary['id']}|{bursary['teacher_id']}", reply.text)
    lines = list(csv.DictReader(io.StringIO((await steps.get(anonymous(), "/open/grants.csv")).text)))
    [grant], [line] = package["grants"], lines
    assert list(line) == [title for title, _ in COLUMNS]
    assert (line["Identifier"], float(line["Amount Awarded"])) == (grant["id"], grant["amountAwarded"])


async def test_unchanged_data_is_not_sent_again(steps: Steps) -> None:
    first = await steps.get(anonymous(), "/open/grants.json")
    client = await steps.funding.client(anonymous())
    again = await client.get("/open/grants.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in again.headers["Cache-Control"]


async def test_made_up_awards_are_marked_and_in_earnest_left_out(
    start_service: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    funding = await start_service(SERVICE, seeded=True)
    award = await (await Grants.begin(Steps.of(funding))).accepted()
    shown = (await Steps.of(funding).get(anonymous(), "/open/grants.json")).json()["grants"]
    assert [one["description"].startswith("Made up") for one in shown] in ([True], [False])
    assert award["id"] in shown[0]["id"]
