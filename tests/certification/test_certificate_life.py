"""What becomes of a certificate: its name, its document, its page, its end; and that everybody sees it."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import select, text

from builders import a_fresh_key, anonymous, staff
from certification.certificates.models import CertificateDocument
from certification.credits.known import known_of
from certification.transparency.models import IssuanceEntry
from certification_facts import Log
from contracts.certification import CertificateRevoked
from harness import ServiceHarness

JSON = dict[str, Any]
REASON = {"reason": "Two of the courses were never attended."}


async def verified(certification: ServiceHarness, code: str) -> JSON:
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{code}")
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def kinds(certification: ServiceHarness) -> list[str]:
    async with certification.session() as session:
        return list(await session.scalars(select(IssuanceEntry.kind).order_by(IssuanceEntry.position)))


async def document(log: Log, certificate: JSON) -> bytes:
    reply = await (await log.certification.client(log.teacher)).get(f"/v1/certificates/{certificate['id']}/document")
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "application/pdf"), reply.text
    return reply.content


async def test_a_name_is_told_only_when_its_holder_says_so(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("Ada Example")
    assert (certificate["holder_name"], certificate["shows_name"]) == ("Ada Example", False)
    assert (await verified(certification, certificate["code"]))["holder_name"] is None
    client = await certification.client(log.teacher)
    sharing = {"shows_name": True, "shares_document": False}
    path = f"/v1/certificates/{certificate['id']}/sharing"
    assert (await client.put(path, json=sharing)).status_code == 200
    assert (await verified(certification, certificate["code"]))["holder_name"] == "Ada Example"
    assert await kinds(certification) == ["issued", "named"]


async def test_another_name_is_another_certificate_and_the_old_name_is_gone(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    old = await log.name_certificate("Ada Example", shows_name=True)
    new = await log.name_certificate("Ada Newname", shows_name=True)
    assert (new["id"] == old["id"], new["awarded_on"]) == (False, old["awarded_on"])
    assert [one["status"] for one in await log.certificates()] == ["superseded", "valid"]
    told = await verified(certification, old["code"])
    assert (told["status"], told["holder_name"], told["replaced_by"]) == ("superseded", None, new["code"])
    assert (await verified(certification, new["code"]))["holder_name"] == "Ada Newname"
    assert await kinds(certification) == ["issued", "named", "issued", "superseded", "named"]
    progress = (await log.get("/v1/progress"))["data"]
    assert [one["scheme"] for one in progress] == ["primary"]
    refused = await log.post(f"/v1/certificates/{old['id']}/name", {"name": "Third"})
    assert (refused.status_code, refused.json()["code"]) == (409, "certificate-fallen")


async def test_a_name_changed_in_the_database_is_not_told(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("Ada Example", shows_name=True)
    async with certification.session() as session:
        await session.execute(text("UPDATE certificate_holder SET name = 'Mallory'"))
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code']}")
    assert (reply.status_code, reply.json()["code"]) == (409, "certificate-altered")
    assert "Mallory" not in reply.text


async def test_a_name_can_be_erased_and_the_log_still_holds(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("Ada Example", shows_name=True)
    async with certification.session() as session:
        await session.execute(text("DELETE FROM certificate_holder"))
    told = await verified(certification, certificate["code"])
    assert (told["status"], told["holder_name"], told["evidence"]["log"]["position"]) == ("valid", None, 0)


async def test_two_persons_revoke_and_everybody_sees_it(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("Ada Example")
    one = await certification.client(staff("administrator"))
    other = await certification.client(staff("administrator"))
    proposal = await one.post(f"/v1/certificates/{certificate['id']}/revocations", json=REASON, headers=a_fresh_key())
    decision = f"/v1/certificate-revocations/{proposal.json()['id']}/decision"
    again = await other.post(f"/v1/certificates/{certificate['id']}/revocations", json=REASON, headers=a_fresh_key())
    assert (again.status_code, again.json()["code"]) == (409, "revocation-under-way")
    own = await one.post(decision, json={"outcome": "approved"}, headers=a_fresh_key())
    assert (own.status_code, own.json()["code"]) == (403, "own-revocation")
    assert (await verified(certification, certificate["code"]))["status"] == "valid"
    assert (await other.post(decision, json={"outcome": "approved"}, headers=a_fresh_key())).status_code == 200
    told = await verified(certification, certificate["code"])
    assert told["status"] == "revoked"
    assert told["status_since_on"] is not None
    assert "attended" not in json.dumps(told)
    late = await one.post(decision, json={"outcome": "declined"}, headers=a_fresh_key())
    assert (late.status_code, late.json()["code"]) in [(409, "revocation-decided"), (403, "own-revocation")]
    listed = (await one.get("/v1/certificate-revocations", params={"is_open": "false"})).json()["data"]
    assert [row["outcome"] for row in listed] == ["approved"]


async def test_a_revoked_certificate_opens_nothing_and_is_not_awarded_again(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    assert log.teacher.id is not None
    for name in ("Ada Example", "Ada Renamed"):  # what a new name replaced is held as its replacement
        certificate = await log.name_certificate(name)
        async with certification.session() as session:
            known = (await known_of(session, [log.teacher.id]))[log.teacher.id]
        assert known.certificates == known.awarded == {"primary"}
    path = f"/v1/certificates/{certificate['id']}/revocations"
    one, other = [await certification.client(staff("administrator")) for _ in range(2)]
    proposal = (await one.post(path, json=REASON, headers=a_fresh_key())).json()
    decision = f"/v1/certificate-revocations/{proposal['id']}/decision"
    assert (await other.post(decision, json={"outcome": "approved"}, headers=a_fresh_key())).status_code == 200
    async with certification.session() as session:
        known = (await known_of(session, [log.teacher.id]))[log.teacher.id]
    assert not known.certificates
    assert known.awarded == {"primary"}
    [told] = await certification.published(CertificateRevoked)
    assert (told.teacher_id, told.scheme) == (log.teacher.id, "primary")


async def test_a_new_name_is_no_way_around_a_revocation(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    old = await log.name_certificate("Ada Example")
    one, other = await certification.client(staff("administrator")), await certification.client(staff("administrator"))
    path = f"/v1/certificates/{old['id']}/revocations"
    proposal = (await one.post(path, json=REASON, headers=a_fresh_key())).json()
    new = await log.name_certificate("Ada Newname")
    path = f"/v1/certificate-revocations/{proposal['id']}/decision"
    assert (await other.post(path, json={"outcome": "approved"}, headers=a_fresh_key())).status_code == 200
    for code in (old["code"], new["code"]):
        assert (await verified(certification, code))["status"] == "revoked"
    assert (await kinds(certification))[-2:] == ["revoked", "revoked"]


async def test_a_declined_proposal_changes_nothing_and_another_may_follow(certification: ServiceHarness) -> None:
    [certificate] = await (await Log(certification).earn()).certificates()
    one, other = await certification.client(staff("administrator")), await certification.client(staff("administrator"))
    path = f"/v1/certificates/{certificate['id']}/revocations"
    for _ in range(2):
        proposal = await one.post(path, json=REASON, headers=a_fresh_key())
        assert proposal.status_code == 201, proposal.text
        decision = f"/v1/certificate-revocations/{proposal.json()['id']}/decision"
        assert (await other.post(decision, json={"outcome": "declined"}, headers=a_fresh_key())).status_code == 200
    assert (await verified(certification, certificate["code"]))["status"] == "valid"
    assert await kinds(certification) == ["issued"]


async def test_the_document_is_tagged_the_same_every_time_and_on_record(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    [certificate] = await log.certificates()
    early = await (await certification.client(log.teacher)).get(f"/v1/certificates/{certificate['id']}/document")
    assert (early.status_code, early.json()["code"]) == (409, "certificate-without-name")
    await log.name_certificate('#panic("Ada") $x$')
    made = await document(log, certificate)
    assert made == await document(log, certificate)
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid"):
        assert mark in made, mark
    async with certification.session() as session:
        [kept] = await session.scalars(select(CertificateDocument.sha256))
    assert kept == hashlib.sha256(made).digest()


async def test_a_name_without_letters_in_the_fonts_is_a_named_problem(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("李小龍", shows_name=True)
    reply = await (await certification.client(log.teacher)).get(f"/v1/certificates/{certificate['id']}/document")
    assert (reply.status_code, reply.json()["code"]) == (409, "certificate-name-not-printable")
    assert (await verified(certification, certificate["code"]))["holder_name"] == "李小龍"


@pytest.mark.parametrize("shares", [True, False])
async def test_the_document_is_public_only_when_its_holder_shares_it(
    certification: ServiceHarness, shares: bool
) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate(shares_document=shares)
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code']}/document")
    assert reply.status_code == (200 if shares else 404)


async def test_the_page_says_what_the_answer_says_and_runs_nothing(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("O'Neill & Sons", shows_name=True)
    client = await certification.client(anonymous())
    reply = await client.get(f"/v1/verify/{certificate['code']}/page")
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert reply.headers["X-Robots-Tag"] == "noindex"
    for told in ("This certificate is genuine and stands.", "O&#39;Neill &amp; Sons", certificate["number"], "<svg "):
        assert told in reply.text
    assert "<script" not in reply.text
    missing = await client.get("/v1/verify/NONE/page")
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "You entered 4 of 20 characters." in missing.text


async def test_the_page_of_an_altered_certificate_confirms_nothing(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    certificate = await log.name_certificate("Ada Example", shows_name=True)
    async with certification.session() as session:
        await session.execute(text("UPDATE certificate_holder SET name = 'Mallory'"))
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code']}/page")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (409, "no-store")
    assert "cannot be confirmed" in reply.text
    assert "Mallory" not in reply.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter a verification code"),
        (" - ", "Enter a verification code"),
        ("7K3QX-D0RZM", "You entered 10 of 20 characters."),
        ("7K3QX-D0RZM-4HWT9-VB2CU", "and never: U"),
        ("7K3QX-D0RZM-4HWT9-VB2C0", "One character is wrong"),
        ("<script>alert(1)</script>", "and never: (, ), /, &lt;, &gt;"),
    ],
)
async def test_the_form_tells_what_is_wrong_with_a_code(certification: ServiceHarness, typed: str, told: str) -> None:
    client = await certification.client(anonymous())
    reply = await client.get("/v1/verify", params={"code": typed})
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert told in reply.text
    assert "<script" not in reply.text


async def test_the_form_leads_to_the_page_of_a_code_in_its_one_form(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())
    reply = await client.get("/v1/verify", params={"code": "7k3qx d0rzm 4hwt9 vb2cr"})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/v1/verify/7K3QX-D0RZM-4HWT9-VB2CR/page")
