"""Certificates and their public verification."""

import re

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from builders import a_key, a_teacher, anonymous, key_set, partner
from certification.app import SERVICE
from certification.certificates import codes
from certification.certificates.models import Certificate
from certification_facts import COMMUNITY_WORTH_25, Log, completed
from chassis.ids import new_id
from chassis.tables import audit_entry
from harness import ServiceHarness


@pytest.fixture
async def log(certification: ServiceHarness) -> Log:
    """A teacher who holds the primary certificate."""
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    await certification.deliver(completed(log.id, "20"))
    return log


async def code_of(log: Log) -> str:
    [certificate] = await log.certificates()
    return str(certificate["code"])


async def tamper(certification: ServiceHarness, change: str) -> None:
    """Change the row as somebody with the database's master key would."""
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(f"UPDATE certificate SET {change}"))


async def test_anyone_may_verify_and_nothing_is_cached_or_indexed(certification: ServiceHarness, log: Log) -> None:
    code = await code_of(log)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", code)
    for caller in (anonymous(), a_teacher(), partner()):
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("0", "O").replace("1", "l")):
            reply = await (await certification.client(caller)).get(f"/v1/verify/{typed}")
            assert (reply.status_code, reply.json()["status"]) == (200, "valid")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert str(log.id) not in reply.text


async def test_a_forged_mistyped_or_foreign_code_gets_one_answer(certification: ServiceHarness, log: Log) -> None:
    code = await code_of(log)
    mistyped = code[:-1] + ("0" if code[-1] != "0" else "1")
    client = await certification.client(anonymous())
    answers = set()
    for typed in (mistyped, codes.new_code(), "x", "9" * 5000, "ÄÖÜ", "%00", "'; DROP TABLE certificate; --"):
        reply = await client.get(f"/v1/verify/{typed}")
        assert (reply.status_code, reply.json()["code"]) == (404, "certificate-not-found")
        assert reply.headers["Cache-Control"] == "no-store"
        answers.add((reply.json()["title"], reply.json()["detail"]))
    assert len(answers) == 1


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Doctor of computing'",
        "scheme = 'secondary'",
        "awarded_on = awarded_on - 1",
        "awarded_at = awarded_at - interval '1 microsecond'",
        "teacher_id = (SELECT teacher_id FROM teacher WHERE phase IS NULL)",
        "id = gen_random_uuid()",
        "code = '00000-00000-00000-00000'",
        "key_id = 'another'",
        "signature = decode(repeat('00', 64), 'hex')",
    ],
)
async def test_a_changed_row_is_not_valid_and_raises_an_alert(
    certification: ServiceHarness, log: Log, change: str
) -> None:
    other = Log(certification)
    await certification.deliver(completed(other.id, "1"))
    code = await code_of(log)
    await tamper(certification, change)
    with capture_logs() as logs:
        reply = await (await certification.client(anonymous())).get(f"/v1/verify/{code}")
    assert (reply.status_code, reply.json()["code"]) == (409, "certificate-altered")
    assert "Doctor" not in reply.text
    assert [(one["event"], one["alert"]) for one in logs if one["log_level"] == "error"] == [
        ("certificate.altered", True)
    ]


async def test_a_row_copied_under_another_code_is_not_valid(certification: ServiceHarness, log: Log) -> None:
    forged = codes.new_code()
    other = Log(certification)
    await other.register()
    async with certification.session() as session:
        [row] = (await session.execute(select(Certificate.__table__))).mappings()
        copy = {**row, "id": new_id(), "teacher_id": other.id, "code": forged, "code_digest": codes.digest(forged)}
        session.add(Certificate(**copy))
    reply = await (await certification.client(anonymous())).get(f"/v1/verify/{forged}")
    assert reply.status_code == 409


async def test_the_database_refuses_a_second_certificate_of_a_scheme(certification: ServiceHarness, log: Log) -> None:
    forged = codes.new_code()
    async with certification.session() as session:
        [row] = (await session.execute(select(Certificate.__table__))).mappings()
    with pytest.raises(IntegrityError, match="uq_certificate_teacher_id_scheme"):
        async with certification.session() as session:
            session.add(Certificate(**{**row, "id": new_id(), "code": forged, "code_digest": codes.digest(forged)}))


async def test_certificates_still_verify_after_the_signing_key_is_rotated(
    certification: ServiceHarness, log: Log
) -> None:
    code = await code_of(log)
    settings = certification.settings
    old = settings.signing_keys.get_secret_value()  # type: ignore[attr-defined] # certification's settings
    rotated = old.replace('{"keys": [', '{"keys": [' + key_set(a_key("newer"), private=True)[10:-2] + ", ")
    again = ServiceHarness(SERVICE, settings.model_copy(update={"signing_keys": SecretStr(rotated)}))
    reply = await (await again.client(anonymous())).get(f"/v1/verify/{code}")
    assert (reply.status_code, reply.json()["status"]) == (200, "valid")
    await again.close()


async def test_an_award_is_audited_without_naming_anybody(certification: ServiceHarness, log: Log) -> None:
    async with certification.session() as session:
        query = select(audit_entry).where(audit_entry.c.action == "certificate.awarded")
        [row] = (await session.execute(query)).all()
    [certificate] = await log.certificates()
    assert (row.caller_kind, row.subject) == ("platform", f"certificate:{certificate['id']}")
    assert str(log.id) not in str(row.details)


async def test_another_teacher_does_not_see_the_certificate(certification: ServiceHarness, log: Log) -> None:
    assert await Log(certification).certificates() == []
