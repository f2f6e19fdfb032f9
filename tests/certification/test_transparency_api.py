"""The issuance log: complete, gap-free, provable by anybody, and by files alone."""

import asyncio
import copy
import json
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from builders import a_key, anonymous, key_set
from certification import verify_offline
from certification.certificates.models import Certificate, CertificateRegistration
from certification.credits.service import Report, record_activities
from certification.handlers import open_log
from certification.schemes.rules import ActivityKind
from certification.transparency import tree
from certification.transparency.models import IssuanceEntry
from certification.verify_offline import NotProven
from certification_facts import COMMUNITY_WORTH_25, Log, completed, registered
from chassis.tables import outbox
from harness import ServiceHarness
from published_log import fetch, pages, public_files, run_offline

JSON = dict[str, Any]


async def earned(certification: ServiceHarness, count: int) -> list[str]:
    """The codes of so many certificates."""
    logs = [await Log(certification).earn() for _ in range(count)]
    return [str((await log.certificates())[0]["code"]) for log in logs]


async def test_a_log_without_entries_has_no_head(certification: ServiceHarness) -> None:
    assert await fetch(certification, "/v1/transparency/head") == {"head": None}
    client = await certification.client(anonymous())
    for path in ("heads/1", "entries/0/proof", "consistency?older=1&newer=1"):
        reply = await client.get(f"/v1/transparency/{path}")
        assert (reply.status_code, reply.json()["code"]) == (404, "log-too-short")


async def test_public_files_alone_show_every_certificate(certification: ServiceHarness, tmp_path: Path) -> None:
    files = await public_files(certification, await earned(certification, 5), older=3)
    shown = run_offline(tmp_path, files)
    assert len(shown) == 3 + 5
    assert shown[1] == "All 5 entries are those that were signed, in their order."
    assert shown[-1] == "PRIMARY-2026-000005 is in the log; it is valid."
    certificates = [await fetch(certification, f"/v1/transparency/entries/{place}/proof") for place in range(5)]
    assert [one["position"] for one in certificates] == [0, 1, 2, 3, 4]
    assert all(one["head"]["tree_size"] == 5 for one in certificates)


async def test_the_log_names_nobody_and_no_code(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    [certificate] = await log.certificates()
    told = json.dumps(await pages(certification))
    assert str(log.id) not in told
    assert certificate["code"] not in told
    assert certificate["id"] not in told


async def test_an_entry_that_was_changed_removed_added_or_reordered_is_found(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    codes = await earned(certification, 5)
    files = await public_files(certification, codes, older=3)
    rows = [row for name, page in files.items() if name.startswith("entries-") for row in page["data"]]
    bodies = [row["entry"] for row in rows]

    def with_entries(changed: list[str]) -> dict[str, JSON]:
        numbered = [{"position": number, "entry": entry} for number, entry in enumerate(changed)]
        kept = {name: content for name, content in files.items() if not name.startswith(("entries-", "certificate-"))}
        return {**kept, "entries-0": {"data": numbered}}

    run_offline(tmp_path, with_entries(bodies))
    changed = bodies[1].replace("issued", "revoked")
    for forged in (
        [bodies[0], changed, *bodies[2:]],
        bodies[:2] + bodies[3:],
        bodies[:-1],
        [bodies[1], bodies[0], *bodies[2:]],
        [*bodies[:2], bodies[0], *bodies[2:]],
    ):
        with pytest.raises(NotProven):
            run_offline(tmp_path, with_entries(forged))


async def test_a_forged_head_or_a_strangers_key_shows_nothing(certification: ServiceHarness, tmp_path: Path) -> None:
    files = await public_files(certification, await earned(certification, 2), older=1)
    stranger = json.loads(key_set(a_key("stranger")))
    forged_head = {"head": {**files["head"]["head"], "root_hash": tree.EMPTY_ROOT.hex()}}
    for changes in ({"keys": stranger}, {"head": forged_head}, {"older": {**files["older"], "tree_size": 2}}):
        with pytest.raises(NotProven):
            run_offline(tmp_path, {**files, **changes})


def leaves_of(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in a document, with where it is."""
    children = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in children:
        yield from leaves_of(value, (*path, key))
    if not isinstance(document, dict | list):
        yield path, document


def mutated(answer: JSON, dice: random.Random) -> JSON:
    """An answer of which one value that proves something was changed."""
    forged = copy.deepcopy(answer)
    proving = [
        (path, value)
        for path, value in leaves_of(forged)
        if path[0] == "evidence" or path[0] in ("code", "number", "scheme", "title", "awarded_on", "status")
    ]
    path, value = dice.choice(proving)
    holder: Any = forged
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value + 1 if isinstance(value, int) else struck(str(value), dice)
    return forged


def struck(value: str, dice: random.Random) -> str:
    """A text with one character put in another's place, so that it does not say the same in other letters."""
    place = dice.randrange(len(value))
    other = dice.choice([one for one in "0123456789abcdefXYZ" if one.lower() != value[place].lower()])
    return value[:place] + other + value[place + 1 :]


async def accepted_mutations(certification: ServiceHarness, count: int) -> int:
    files = await public_files(certification, await earned(certification, 3), older=1)
    keys = verify_offline.keys_of(files["keys"])
    entries = verify_offline.entries_of([page for name, page in files.items() if name.startswith("entries-")])
    answers = [answer for name, answer in files.items() if name.startswith("certificate-")]
    for answer in answers:
        verify_offline.check_certificate(answer, keys, entries)
    dice, accepted = random.Random(4), 0
    for _ in range(count):
        forged = mutated(dice.choice(answers), dice)
        try:
            verify_offline.check_certificate(forged, keys, entries)
        except (NotProven, *verify_offline.UNREADABLE):
            continue
        accepted += 1
    return accepted


async def test_no_mutated_certificate_verifies(certification: ServiceHarness) -> None:
    assert await accepted_mutations(certification, 3_000) == 0


@pytest.mark.campaign
async def test_no_certificate_of_100_000_mutated_ones_verifies(certification: ServiceHarness) -> None:
    assert await accepted_mutations(certification, 100_000) == 0


def everything_but_courses(log: Log) -> Iterator[Report]:
    """What the primary certificate asks for beside 20 hours."""
    on = date(2026, 9, 4)
    yield Report(log.id, ActivityKind.DIAGNOSTIC, "diagnostic:subject-knowledge", "subject-knowledge", on, "diagnostic")
    for code, worth in zip(COMMUNITY_WORTH_25, (20, 5), strict=True):
        key = f"community:{code}"
        yield Report(log.id, ActivityKind.COMMUNITY, key, code, on, key, published_credits=Decimal(worth))


async def test_100_awards_at_once_are_distinct_and_leave_no_gap(certification: ServiceHarness, tmp_path: Path) -> None:
    logs = [Log(certification) for _ in range(100)]
    async with certification.session() as session:
        await open_log(session, [registered(log.id) for log in logs], [])
        await record_activities(session, [report for log in logs for report in everything_but_courses(log)])
    await asyncio.gather(*(certification.deliver(completed(log.id, "20")) for log in logs))
    async with certification.session() as session:
        rows = (await session.scalars(select(CertificateRegistration))).all()
        places = list(await session.scalars(select(IssuanceEntry.position).order_by(IssuanceEntry.position)))
    assert sorted(row.serial for row in rows) == list(range(1, 101))
    assert len({(row.status_list, row.status_index) for row in rows}) == 100
    assert places == list(range(100))
    codes = [str((await log.certificates())[0]["code"]) for log in logs[:3]]
    run_offline(tmp_path, await public_files(certification, codes, older=64))


@pytest.mark.parametrize("table", ["issuance_entry", "issuance_node", "issuance_head", "certificate_registration"])
async def test_what_cannot_be_logged_is_not_awarded(certification: ServiceHarness, table: str) -> None:
    """A store that fails half way, at each of the rows that an award consists of."""
    async with certification.session() as session:
        await session.execute(text(f"CREATE TRIGGER away BEFORE INSERT ON {table} EXECUTE FUNCTION refuse_change()"))
    log = Log(certification)
    with pytest.raises((DBAPIError, AssertionError)):
        await log.earn()
    async with certification.session() as session:
        assert (await session.scalars(select(Certificate))).all() == []
        kinds = list(await session.scalars(select(outbox.c.type)))
        assert not [kind for kind in kinds if "certificate.awarded" in kind]
        await session.execute(text(f"DROP TRIGGER away ON {table}"))
    await certification.deliver(completed(log.id, "20"))
    assert len(await log.certificates()) == 1
    assert (await fetch(certification, "/v1/transparency/head"))["head"]["tree_size"] == 1


async def without_registers(certification: ServiceHarness) -> None:
    """As a release before the log left it."""
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        for table in ("issuance_entry", "issuance_node", "issuance_head", "certificate_registration"):
            await session.execute(text(f"DELETE FROM {table}"))


async def test_awards_of_an_earlier_release_are_entered_when_the_service_is_seeded(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    codes = await earned(certification, 3)
    await without_registers(certification)
    before = await fetch(certification, f"/v1/verify/{codes[0]}")
    assert (before["status"], before["number"], before["evidence"]) == ("valid", None, None)
    for _ in range(2):
        await certification.seed("registers")
    files = await public_files(certification, codes, older=3)  # entered at once, under one head
    assert run_offline(tmp_path, files)[-1] == "PRIMARY-2026-000003 is in the log; it is valid."
    assert files["head"]["head"]["tree_size"] == 3
