"""Certificates that stand for a term: no scheme of the reference data has one, so that these tests give it one."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import time_machine

from builders import anonymous, staff
from certification import verify_offline
from certification.certificates.rules import expiry
from certification.credits.known import known_of
from certification.documents.typesetting import Printed, typeset
from certification.reevaluations.engine import advance
from certification.verify_offline import NotProven
from certification_facts import COMMUNITY_WORTH_25, Log, a_proposal, asked, completed, published
from harness import ServiceHarness

JSON = dict[str, Any]
AWARDED = datetime(2024, 7, 1, 9, tzinfo=UTC)
EXPIRES = datetime(2026, 6, 30, 23, tzinfo=UTC)
"""Midnight in England, which keeps summer time."""


@pytest.mark.parametrize(
    ("awarded_on", "months", "expires_on"),
    [
        (date(2026, 11, 22), None, None),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 600, date(2076, 1, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month(
    awarded_on: date, months: int | None, expires_on: date | None
) -> None:
    assert expiry(awarded_on, months) == expires_on


def test_the_document_tells_when_it_expires() -> None:
    on, url = date(2026, 11, 22), "https://ncce.example.org/v1/verify/7K3QX/page"
    lasting, ending, later = (
        typeset(Printed("Primary", "PRIMARY-2026-000001", "Ada", on, until, "7K3QX", url))
        for until in (None, date(2027, 11, 22), date(2028, 11, 22))
    )
    assert len({lasting, ending, later}) == 3


@pytest.fixture
async def log(certification: ServiceHarness) -> Log:
    """Somebody awarded on the first of July 2024 for two years."""
    log = await Log(certification).register()
    with time_machine.travel(AWARDED, tick=True):
        await log.be_awarded(valid_for_months=24)
    return log


async def verified(certification: ServiceHarness, log: Log) -> JSON:
    [certificate] = await log.certificates()
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code']}")
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def test_it_stands_until_the_last_moment_of_its_last_day_in_england(
    certification: ServiceHarness, log: Log
) -> None:
    for at, status, since in (
        (EXPIRES - timedelta(seconds=30), "valid", None),
        (EXPIRES + timedelta(seconds=1), "expired", "2026-07-01"),
    ):
        with time_machine.travel(at, tick=True):
            [held] = await log.certificates()
            told = await verified(certification, log)
        assert (told["status"], told["status_since_on"], told["expires_on"]) == (status, since, "2026-07-01")
        assert (held["status"], held["expires_on"]) == (status, "2026-07-01")


async def test_an_expired_certificate_opens_nothing_and_takes_no_name(certification: ServiceHarness, log: Log) -> None:
    for at, held in ((AWARDED, ["primary"]), (EXPIRES + timedelta(days=1), [])):
        with time_machine.travel(at, tick=True):
            async with certification.session() as session:
                known = (await known_of(session, [log.id]))[log.id]
        assert (list(known.certificates), list(known.awarded)) == (held, ["primary"])
    [certificate] = await log.certificates()
    refused = await log.post(f"/v1/certificates/{certificate['id']}/name", {"name": "Ada Example"})
    assert (refused.status_code, refused.json()["code"]) == (409, "certificate-fallen")
    assert refused.json()["status_of_certificate"] == "expired"


async def test_a_badge_says_until_when_it_is_valid(certification: ServiceHarness, log: Log) -> None:
    [certificate] = await log.certificates()
    path = f"/v1/certificates/{certificate['id']}/badge"
    badge = (await (await certification.client(log.teacher)).get(path)).text
    claims = jwt.decode(badge, options={"verify_signature": False})
    assert claims["validUntil"] == "2026-06-30T23:00:00Z"
    assert claims["exp"] == int(EXPIRES.timestamp())


async def test_the_offline_verifier_knows_that_it_expired(
    certification: ServiceHarness, log: Log, tmp_path: Path
) -> None:
    client = await certification.client(anonymous())
    answer = await verified(certification, log)
    files = {"keys": (await client.get("/v1/transparency/keys")).json(), "certificate": answer}
    files["head"] = (await client.get("/v1/transparency/head")).json()
    files["entries"] = (await client.get("/v1/transparency/entries")).json()
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content))
    words = [word for name in files for word in (f"--{name}", str(tmp_path / name))]
    assert verify_offline.run(words)[-1] == "PRIMARY-2024-000001 is in the log; it is expired."
    with pytest.raises(NotProven):
        verify_offline.standing_today(answer, EXPIRES.date() - timedelta(days=1))
    assert verify_offline.standing_today({**answer, "status": "valid"}, date(2026, 7, 1)) == "expired"


async def test_a_term_in_the_rules_is_the_term_of_what_they_award(certification: ServiceHarness) -> None:
    one, other = staff("administrator"), staff("administrator")
    proposal = a_proposal()
    proposal["rules"] = {**proposal["rules"], "valid_for_months": 36}
    version = await published(certification, one, other, proposal)
    log = await Log(certification).register()
    await asked(certification, one, scheme="primary", action="migrate_all", version=version)
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session)
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    await certification.deliver(completed(log.id, "40"))
    [certificate] = await log.certificates()
    awarded_on = date.fromisoformat(certificate["awarded_on"])
    assert certificate["expires_on"] == str(expiry(awarded_on, 36))
    named = await log.name_certificate("Ada Example")
    renamed = await log.name_certificate("Ada Newname")
    assert named["expires_on"] == renamed["expires_on"] == certificate["expires_on"]
