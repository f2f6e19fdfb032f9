"""What is told of a certificate, worked out from its rows alone: its standing, its names, whether it was altered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import text, true
from structlog.testing import capture_logs

from builders import a_key, anonymous, key_set
from certification.certificates import codes
from certification.certificates.errors import CertificateAltered, CertificateNotFound
from certification.certificates.models import Certificate, CertificateHolder, CertificateRegistration
from certification.certificates.signing import SigningKeys, canonical
from certification.certificates.verification import Standing, Verified, require_genuine, standing_of
from certification.transparency.queries import Inclusion
from certification_facts import Log
from chassis import clock
from harness import ServiceHarness

KEYS = SigningKeys.load(key_set(a_key("signing"), private=True))
AWARDED = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""Half past midnight on the first of July in England."""
FIRST_OF_JULY = date(2026, 7, 1)


def a_certificate(**changes: Any) -> Certificate:
    """A signed certificate of a person."""
    code = codes.EXAMPLE
    row: dict[str, Any] = {
        "id": UUID(int=1), "teacher_id": UUID(int=2), "scheme": "primary", "scheme_version": 3, "title": "Primary",
        "code": code, "code_digest": codes.digest(code), "awarded_at": AWARDED, "awarded_on": FIRST_OF_JULY,
        "expires_on": None, "school_urn": None, "school_name": None, "reissue_of": None,
    }  # fmt: skip
    certificate = Certificate(**row | changes, key_id="", signature=b"")
    made = KEYS.sign(canonical(certificate.facts()))
    certificate.key_id, certificate.signature = made.key_id, made.value
    return certificate


def a_holder(*, shows_name: bool = False, shares_document: bool = False) -> CertificateHolder:
    """Its signed name."""
    holder = CertificateHolder(
        certificate_id=UUID(int=1), name="Ada Example", salt=b"\0" * 32, confirmed_at=AWARDED, key_id="", signature=b"",
        shows_name=shows_name, shares_document=shares_document,
    )  # fmt: skip
    made = KEYS.sign(canonical(holder.facts()))
    holder.key_id, holder.signature = made.key_id, made.value
    return holder


REGISTERED = CertificateRegistration(certificate_id=UUID(int=1), scheme="primary", year=2026, serial=17)
SCHOOL = {"school_urn": "900001", "school_name": "Example School"}
REPLACEMENT = a_certificate(code="REPLACED", awarded_at=AWARDED + timedelta(days=2))


def standing(holder: CertificateHolder | None = None, **changes: Any) -> Standing:
    """Of a certificate that stands, but for what is said otherwise."""
    known: dict[str, Any] = {
        "certificate": a_certificate(),
        "registration": REGISTERED,
        "revoked_at": None,
        "replacement": None,
    }
    return Standing(**known | {"holder": holder} | changes)


@pytest.mark.parametrize(
    ("expires_in", "changes", "status", "changed_on"),
    [
        (None, {}, "valid", None),
        (1, {}, "valid", None),
        (0, {}, "expired", 0),
        (-1, {}, "expired", -1),
        (None, {"replacement": REPLACEMENT}, "superseded", date(2026, 7, 3)),
        (-1, {"replacement": REPLACEMENT}, "superseded", date(2026, 7, 3)),
        (None, {"revoked_at": AWARDED}, "revoked", FIRST_OF_JULY),
        (-1, {"revoked_at": AWARDED, "replacement": REPLACEMENT}, "revoked", FIRST_OF_JULY),
    ],
)
def test_a_certificate_stands_until_something_ended_it(
    expires_in: int | None, changes: dict[str, Any], status: str, changed_on: date | int | None
) -> None:
    def in_days(number: int) -> date:
        return clock.today() + timedelta(days=number)

    expires_on = None if expires_in is None else in_days(expires_in)
    found = standing(certificate=a_certificate(expires_on=expires_on), **changes)
    assert found.status == status
    assert found.changed_on == (in_days(changed_on) if isinstance(changed_on, int) else changed_on)


def test_a_name_is_printed_once_it_is_given_and_told_when_it_is_shown() -> None:
    for holder, printed, shown in (
        (None, None, None),
        (a_holder(), "Ada Example", None),
        (a_holder(shows_name=True), "Ada Example", "Ada Example"),
    ):
        found = standing(holder)
        assert (found.printed_name, found.shown_name, found.public_name) == (printed, shown, shown)
    assert standing(a_holder(shows_name=True), replacement=REPLACEMENT).shown_name is None
    assert standing(a_holder(shows_name=True), revoked_at=AWARDED).shown_name == "Ada Example"
    of_a_school = standing(a_holder(shows_name=True), certificate=a_certificate(**SCHOOL))
    assert of_a_school.printed_name == of_a_school.public_name == "Example School"


@pytest.mark.parametrize(
    ("found", "is_shared"),
    [
        (standing(), False),
        (standing(a_holder()), False),
        (standing(a_holder(shares_document=True)), True),
        (standing(a_holder(shares_document=True), revoked_at=AWARDED), False),
        (standing(certificate=a_certificate(**SCHOOL)), True),
        (standing(certificate=a_certificate(**SCHOOL), replacement=REPLACEMENT), False),
    ],
)
def test_a_document_is_shared_by_its_holder_or_for_a_school_and_while_it_stands(
    found: Standing, is_shared: bool
) -> None:
    assert found.is_document_shared is is_shared


def test_its_holder_is_told_everything() -> None:
    told = {
        "id": UUID(int=1), "scheme": "primary", "scheme_version": 3, "title": "Primary", "school_name": None,
        "awarded_on": FIRST_OF_JULY, "expires_on": None, "code": codes.EXAMPLE, "number": "PRIMARY-2026-000017",
        "status": "valid", "status_since_on": None,
    }  # fmt: skip
    nameless = {"holder_name": None, "shows_name": False, "shares_document": False}
    named = {"holder_name": "Ada Example", "shows_name": True, "shares_document": True}
    assert standing().for_holder == told | nameless
    assert standing(a_holder(shows_name=True, shares_document=True)).for_holder == told | named
    assert standing(a_holder()).for_holder == told | nameless | {"holder_name": "Ada Example"}
    assert standing(registration=None).for_holder == told | nameless | {"number": None}


def test_the_public_is_told_less_and_how_to_prove_it() -> None:
    proof = Inclusion(position=4, entry="{}", path=[], head={})  # type: ignore[arg-type]  # what is not read here
    told = {
        "status": "superseded", "status_since_on": date(2026, 7, 3), "scheme": "primary", "title": "Primary",
        "awarded_on": FIRST_OF_JULY, "expires_on": None, "code": codes.EXAMPLE, "number": "PRIMARY-2026-000017",
        "holder_name": None, "school_name": None, "replaced_by": "REPLACED", "evidence": None,
    }  # fmt: skip
    replaced = standing(a_holder(shows_name=True), replacement=REPLACEMENT)
    assert Verified(replaced, None).told == told
    evidence = {"record": replaced.certificate.record("PRIMARY-2026-000017"), "log": proof}
    assert Verified(replaced, proof).told == told | {"evidence": evidence}
    assert Verified(standing(registration=None), proof).told["evidence"] is None
    assert Verified(standing(), proof).told["replaced_by"] is None


def test_what_was_signed_is_genuine_with_its_name_or_without() -> None:
    for holder in (None, a_holder()):
        require_genuine(KEYS, standing(holder))


def _with_another_code(found: Standing) -> None:
    found.certificate.code_digest = codes.digest("another")


def _with_another_title(found: Standing) -> None:
    found.certificate.title = "Doctor"


def _with_another_name(found: Standing) -> None:
    assert found.holder is not None
    found.holder.name = "Mallory"


@pytest.mark.parametrize("alter", [_with_another_code, _with_another_title, _with_another_name])
def test_what_was_altered_is_refused_and_somebody_is_woken(alter: Any) -> None:
    found = standing(a_holder())
    alter(found)
    with capture_logs() as logs, pytest.raises(CertificateAltered):
        require_genuine(KEYS, found)
    assert [(one["event"], one["alert"], one["key_id"]) for one in logs] == [("certificate.altered", True, "signing")]


async def test_a_certificate_that_is_not_there_is_not_found(certification: ServiceHarness) -> None:
    async with certification.session() as session:
        with pytest.raises(CertificateNotFound):
            await standing_of(session, true())


async def asked_after(certification: ServiceHarness, change: str) -> Response:
    """What the public is told after somebody with the database's master key did this."""
    log = await Log(certification).register()
    await log.be_awarded()
    [certificate] = await log.certificates()
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(change))
    return await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code']}")


async def test_a_log_that_tells_of_another_certificate_wakes_somebody(certification: ServiceHarness) -> None:
    with capture_logs() as logs:
        reply = await asked_after(
            certification, "UPDATE issuance_entry SET body = regexp_replace(body, '[0-9a-f]{64}', repeat('0', 64))"
        )
    assert (reply.status_code, reply.json()["code"]) == (409, "certificate-altered")
    assert [(one["event"], one["alert"], one["position"]) for one in logs if one["log_level"] == "error"] == [
        ("certificate.altered", True, 0)
    ]


@pytest.mark.parametrize("table", ["certificate_registration", "issuance_entry"])
async def test_what_the_registers_do_not_have_yet_is_genuine_without_evidence(
    certification: ServiceHarness, table: str
) -> None:
    reply = await asked_after(certification, f"DELETE FROM {table}")
    assert (reply.status_code, reply.json()["status"], reply.json()["evidence"]) == (200, "valid", None)
