"""Staff who see somebody's data leave a line, whichever route showed it; the person reads all of them in one place."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError
from structlog.testing import capture_logs

from builders import a_teacher, staff
from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from chassis.service import describe
from chassis.views import LOST, NAMED, WAITING_AT_MOST, Views
from composition import SERVICES
from contracts.base import RecordView
from contracts.hubs import HubsRecordsViewed
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs_network import Network
from identity.app import SERVICE as IDENTITY
from identity_steps import CHEAP_HASHES, IdentitySteps
from operations import service_of

StartService = Callable[..., Awaitable[ServiceHarness]]
TELLS_OF_PEOPLE = re.compile(r"^(given_name|family_name|email|trn|holder_name|description)$|(teacher|person)_id$")
SHOWN_WITHOUT_A_NUMBER = {
    "POST /v1/teachers/search": "identity writes it in the same transaction",
    "GET /v1/teachers/{person_id}": "identity writes it in the same transaction",
    "PUT /v1/teachers/{person_id}/trn": "the answer is what the caller has just said",
    "POST /v1/memberships/invitations": "an address that the caller has just given",
    "GET /v1/memberships/invitations": "addresses of the organisation's own invitations, of nobody with an account yet",
}
ABOUT_NO_PERSON = re.compile(
    r"/v1/(hubs|webhooks|schemes|scheme-drafts|activities|courses|resources|enrichment-offers|centres|kits|loans|"
    r"damage-reports|questionnaire-drafts|question-banks|assessments|diagnostics|bank-returns|grant|moderation/reasons|"
    r"establishment-types|re-markings|programmes|pupil-events|area-lists)"
)
NOBODY_LISTENS = "postgresql+asyncpg://hubs:hubs@127.0.0.1:1/hubs"
STAFF_ONLY = re.compile(r"administrator|auditor|moderator|assessor|hub_|officer|approver|partner_admin")


def _names_in(document: dict[str, Any], schema: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    if isinstance(schema, list):
        return set().union(*(_names_in(document, one, seen) for one in schema))
    if not isinstance(schema, dict):
        return set()
    if (reference := schema.get("$ref", "")) and reference not in seen:
        name = reference.rpartition("/")[2]
        return _names_in(document, document["components"]["schemas"][name], seen | {reference})
    found = set(schema.get("properties", {}))
    inner = [*schema.get("properties", {}).values(), *(schema.get(key) for key in ("items", "anyOf", "oneOf", "allOf"))]
    return found.union(*(_names_in(document, one, seen) for one in inner))


@pytest.mark.parametrize("name", SERVICES)
def test_every_route_that_shows_staff_a_persons_data_names_the_person_by_number(name: str) -> None:
    document = describe(service_of(name))
    silent = set()
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            where = f"{verb.upper()} {path}"
            if not STAFF_ONLY.search(str(operation["x-callers"])) or ABOUT_NO_PERSON.match(path):
                continue
            answers = [one for status, one in operation["responses"].items() if status.startswith("2")]
            schemas = [media.get("schema") for one in answers for media in one.get("content", {}).values()]
            names = _names_in(document, schemas)
            tells = {one for one in names if TELLS_OF_PEOPLE.search(one)}
            if tells and not names & {"teacher_id", "person_id", "claimed_teacher_id"}:
                silent.add(where)
    assert silent - SHOWN_WITHOUT_A_NUMBER.keys() == set()


def test_a_number_is_found_in_an_answer_and_not_in_somebodys_words() -> None:
    person = new_id()
    assert NAMED.findall(f'{{"teacher_id":"{person}","words":"a"}}'.encode()) == [str(person).encode()]
    assert NAMED.findall(f'{{"words":"\\"teacher_id\\":\\"{person}\\""}}'.encode()) == []
    assert NAMED.findall(b'{"teacher_id":null,"person_id":"nobody"}') == []


def test_partners_and_ones_own_data_leave_no_line() -> None:
    views, caller = Views("hubs"), staff("moderator")
    views.note_answer(caller, "get_match", f'{{"teacher_id":"{caller.id}"}}'.encode(), None)
    assert not views._waiting


async def test_a_register_that_staff_open_is_seen_by_everybody_on_it(start_service: StartService) -> None:
    hubs = await start_service(HUBS)
    await hubs.seed("areas")
    network = await Network.build(hubs)
    run_id = await network.run(minutes=(60,))
    teacher = a_teacher("900001")
    assert (await network.book(run_id, teacher)).status_code == 201
    lead = network.lead()
    client = await hubs.client(lead)
    for _ in range(3):
        assert (await client.get(f"/v1/registers/{run_id}", headers={"X-Request-ID": "one"})).status_code == 200
    assert await hubs.published(HubsRecordsViewed) == [], "nothing is written while requests are served"
    written = await hubs.app.state.views.write(hubs.database)
    [told] = await hubs.published(HubsRecordsViewed)
    [view] = told.views
    assert (written, view.viewer_id, view.person_id, view.what) == (1, lead.id, teacher.id, "get_register")
    assert view.request_id == "one"
    found = await (await hubs.client(staff("auditor"))).get(
        "/v1/audit/hubs", params={"action": "record.viewed", "subject": f"person:{teacher.id}"}
    )
    assert [entry["details"]["what"] for entry in found.json()["data"]] == ["get_register"]


async def test_what_waits_is_written_when_a_process_stops(start_service: StartService) -> None:
    hubs = await start_service(HUBS)
    views = Views("hubs", HubsRecordsViewed)
    views.note(staff("hub_lead"), "get_register", [new_id()], None)
    writing = views.keep_writing(hubs.database)
    task = asyncio.ensure_future(writing)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert len(await hubs.published(HubsRecordsViewed)) == 1


async def test_a_log_that_cannot_be_written_keeps_no_answer_back_and_loses_nothing(start_service: StartService) -> None:
    hubs = await start_service(HUBS)
    away = Database(hubs.settings.model_copy(update={"database_url": SecretStr(NOBODY_LISTENS)}), "away")
    views = Views("hubs", HubsRecordsViewed)
    views.note(staff("hub_lead"), "get_register", [new_id(), new_id()], None)
    with pytest.raises((OSError, SQLAlchemyError)):
        await views.write(away)
    await away.close()
    assert await views.write(hubs.database) == 2
    assert await views.write(hubs.database) == 0
    hubs.app.state.views = "a log that is broken"
    with capture_logs() as logs:
        answer = await (await hubs.client(staff("auditor"))).get("/v1/audit/hubs")
    assert (answer.status_code, len(answer.json()["data"])) == (200, 2)
    assert [line["event"] for line in logs if line.get("alert")] == ["views.not_noted"]


def test_no_more_waits_than_memory_allows_and_what_goes_is_counted() -> None:
    views, caller = Views("hubs"), staff("auditor")
    lost = LOST._value.get()
    views.note(caller, "search", (UUID(int=number) for number in range(WAITING_AT_MOST + 5)), None)
    assert len(views._waiting) == WAITING_AT_MOST
    assert LOST._value.get() - lost == 5


@pytest.fixture
async def identity(start_service: StartService, tmp_path: Path) -> IdentitySteps:
    maildir = tmp_path / "mail"
    return IdentitySteps(await start_service(IDENTITY, maildir=maildir, password_queue=100, **CHEAP_HASHES), maildir)


async def test_a_person_reads_who_saw_them_anywhere_and_a_forgotten_one_leaves_nothing(
    identity: IdentitySteps,
) -> None:
    await identity.sign_up("sam@example.org")
    [person] = await identity.query("SELECT id FROM person")
    viewer = new_id()
    seen = RecordView(viewer_id=viewer, person_id=person.id, what="get_register", viewed_at=now(), request_id="r-1")
    other = seen.model_copy(update={"person_id": new_id()})
    await identity.harness.deliver(HubsRecordsViewed(service="hubs", views=(seen, other)), times=2)
    await identity.call("GET", f"/v1/teachers/{person.id}", caller=staff("auditor"))
    mine = a_teacher(person_id=person.id)
    first = (await identity.call("GET", "/v1/me/data-views?limit=1", caller=mine)).json()
    path = f"/v1/me/data-views?limit=1&cursor={first['page']['next_cursor']}"
    second = (await identity.call("GET", path, caller=mine)).json()
    told = [(one["service"], one["what"]) for page in (first, second) for one in page["data"]]
    assert told == [("identity", "record"), ("hubs", "get_register")]
    assert second["data"][0]["request_id"] == "r-1"
    assert not second["page"]["has_more"]
    assert IDENTITY.records_viewed is None
