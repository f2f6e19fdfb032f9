"""Reports on groups: owed, written, handed in, decided on, seen by whom, counted and told to nobody by name."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.networks import GroupFormed, ProjectCompleted, ReportDecided, ReportReminded
from harness import ServiceHarness
from hubs.project_reports.reminders import due_report_reminders, remind_of_report
from hubs.settings import Settings
from hubs_projects import TODAY, YEAR, Projects

KINDS = ["professional_learning", "pupils"]
DUTIES: dict[str, Any] = {
    "duties": [
        {
            "slug": "summary",
            "title": "Participant summary report",
            "by": "school",
            "kind": "report",
            "due": {"days_after": 14, "after": "group_completed"},
            "outcome_kinds": KINDS,
        },
        {
            "slug": "lead-report",
            "title": "Work group lead report",
            "by": "lead",
            "kind": "report",
            "due": {"on": str(TODAY + timedelta(days=7))},
            "outcome_kinds": KINDS,
        },
        {"slug": "list", "title": "List of providers", "by": "hub", "kind": "data", "due": {"when": "In summer"}},
    ]
}
ANSWERS: dict[str, Any] = {
    "outcomes": [
        {"kind": "professional_learning", "level": "most", "evidence": "Eleven teachers explain how they plan."},
        {"kind": "pupils", "level": "some", "evidence": "Pupils justify more answers.", "reached": 30, "out_of": 52},
    ],
    "summary": "Six sessions were held and each school was visited.",
}
MINE = "/v1/project-reports"


class Running:
    """A running group of two schools, with a lead and a person of the first school."""

    def __init__(self, projects: Projects) -> None:
        self.projects = projects
        self.lead = a_teacher("900005")
        self.teacher: Principal
        self.group = ""

    @property
    def group_id(self) -> UUID:
        return UUID(self.group.rpartition("/")[2])

    async def begin(self) -> "Running":
        project = await self.projects.project(evaluation=DUTIES)
        self.group = await self.projects.group(project)
        await self.projects.add_schools(self.group, "900001", "900002")
        self.teacher = await self.projects.teacher("900001")
        await self.projects.add_person(self.group, self.teacher, "900001")
        lead = await self.projects.lead(project, self.lead.id)
        await self.projects.call("POST", f"{self.group}/leads", body={"lead_id": str(lead.id)})
        await self.step("running", GroupFormed)
        return self

    async def step(self, to: str, told: type[GroupFormed] | type[ProjectCompleted]) -> None:
        answer = await self.projects.step(self.group, to)
        assert answer.status_code == 200, answer.text
        [event] = await self.projects.service.published(told)
        await self.projects.service.deliver(event, times=2)

    async def reports(self, by: Principal, **wanted: str) -> dict[str, dict[str, Any]]:
        answer = await self.projects.call("GET", MINE + "?" + "&".join(f"{k}={v}" for k, v in wanted.items()), by)
        assert answer.status_code == 200, answer.text
        return {one["duty"] + (one["urn"] or ""): one for one in answer.json()["data"]}

    async def write(self, report: dict[str, Any], by: Principal, answers: Any = ANSWERS) -> Any:
        path = f"{MINE}/{report['id']}"
        now = (await self.projects.call("GET", path, by)).json()
        return await self.projects.call("PUT", path, by, answers, if_match=f'"{now["version"]}"')

    async def hand_in(self, report: dict[str, Any], by: Principal) -> Any:
        await self.write(report, by)
        return await self.projects.call("POST", f"{MINE}/{report['id']}/submission", by)

    async def decide(self, report: dict[str, Any], by: Principal, **decision: str) -> Any:
        return await self.projects.call("POST", f"{MINE}/{report['id']}/decision", by, decision)


@pytest.fixture
async def running(hubs: ServiceHarness) -> Running:
    return await Running(await Projects.build(hubs)).begin()


async def test_reports_open_when_a_group_starts_and_when_it_is_completed_once_each(running: Running) -> None:
    staff_of_hub = running.projects.staff()
    assert {name: one["due_on"] for name, one in (await running.reports(staff_of_hub)).items()} == {
        "lead-report": str(TODAY + timedelta(days=7)),
        "list": None,
    }
    await running.step("completed", ProjectCompleted)
    assert {name: one["due_on"] for name, one in (await running.reports(staff_of_hub)).items()} == {
        "lead-report": str(TODAY + timedelta(days=7)),
        "list": None,
        "summary900001": str(TODAY + timedelta(days=14)),
        "summary900002": str(TODAY + timedelta(days=14)),
    }


async def test_a_report_is_drafted_handed_in_returned_corrected_and_accepted(running: Running) -> None:
    report = (await running.reports(running.lead))["lead-report"]
    path, evaluator = f"{MINE}/{report['id']}", running.projects.national("lead_evaluator")
    early = await running.projects.call("POST", f"{path}/submission", running.lead)
    assert (early.json()["code"], early.json()["missing"]) == ("report-incomplete", [*KINDS, "summary"])
    kept = await running.write(report, running.lead, {"outcomes": ANSWERS["outcomes"][:1]})
    assert (kept.status_code, kept.json()["missing"]) == (200, ["pupils", "summary"])
    assert (await running.hand_in(report, running.lead)).json()["status"] == "submitted"
    assert (await running.write(report, running.lead)).json()["code"] == "report-closed"
    unexplained = await running.decide(report, evaluator, outcome="returned")
    assert unexplained.status_code == 422
    returned = await running.decide(report, evaluator, outcome="returned", reason="Please say what pupils can do now.")
    assert (returned.json()["status"], returned.json()["reason"]) == ("returned", "Please say what pupils can do now.")
    assert (await running.hand_in(report, running.lead)).json()["submissions"] == 2
    assert (await running.decide(report, evaluator, outcome="accepted")).json()["status"] == "accepted"
    assert (await running.decide(report, evaluator, outcome="accepted")).status_code == 200
    told = await running.projects.service.published(ReportDecided)
    assert [(one.outcome, one.submission, one.person_id) for one in told] == [
        ("returned", 1, running.lead.id),
        ("accepted", 2, running.lead.id),
    ]


async def test_answers_that_are_not_asked_for_or_cannot_be_are_refused(running: Running) -> None:
    report = (await running.reports(running.lead))["lead-report"]
    said = {"kind": "policies", "level": "some", "evidence": "The school has a policy now."}
    other = await running.write(report, running.lead, {"outcomes": [said]})
    assert (other.status_code, other.json()["outcomes"]) == (422, ["policies"])
    more = ANSWERS["outcomes"][1] | {"reached": 53}
    assert (await running.write(report, running.lead, {"outcomes": [more]})).status_code == 422


async def test_a_draft_is_its_writers_alone_until_it_is_handed_in(running: Running) -> None:
    report = (await running.reports(running.lead))["lead-report"]
    await running.write(report, running.lead)
    path = f"{MINE}/{report['id']}"
    hub, evaluator = running.projects.staff(), running.projects.national("lead_evaluator")
    assert [(await running.projects.call("GET", path, one)).json()["answers"] for one in (hub, evaluator)] == [None] * 2
    await running.projects.call("POST", f"{path}/submission", running.lead)
    shown = (await running.projects.call("GET", path, evaluator)).json()["answers"]
    assert shown["summary"] == ANSWERS["summary"]


async def test_a_school_s_report_is_written_by_whom_it_sent_or_who_speaks_for_it(running: Running) -> None:
    await running.step("completed", ProjectCompleted)
    head = await running.projects.teacher("900002", leads_school=True)
    first, second = (await running.reports(running.teacher))["summary900001"], (await running.reports(head))
    assert set(second) == {"summary900002"}
    assert (await running.hand_in(first, running.teacher)).status_code == 200
    assert (await running.hand_in(second["summary900002"], head)).status_code == 200
    assert (await running.projects.call("GET", f"{MINE}/{first['id']}", head)).status_code == 404


async def test_others_see_no_report_and_write_none(running: Running) -> None:
    report = (await running.reports(running.lead))["lead-report"]
    strangers = [
        a_teacher("900003"),
        staff("hub_lead", organisation_id=running.projects.other_hub_id),
        staff("lead_evaluator", organisation_id=new_id()),
    ]
    for one in strangers:
        assert await running.reports(one) == {}
        assert (await running.projects.call("GET", f"{MINE}/{report['id']}", one)).status_code == 404
        written = await running.projects.call("PUT", f"{MINE}/{report['id']}", one, ANSWERS, if_match='"1"')
        assert written.status_code == 404
    stranger = await running.decide(report, strangers[2], outcome="accepted")
    assert (stranger.status_code, stranger.json()["code"]) == (404, "report-not-found")
    hub = await running.projects.call(
        "PUT", f"{MINE}/{report['id']}", running.projects.staff(), ANSWERS, if_match='"1"'
    )
    assert hub.status_code == 404


async def test_whoever_handed_a_report_in_does_not_decide_on_it(running: Running) -> None:
    report = (await running.reports(running.lead))["lead-report"]
    await running.hand_in(report, running.lead)
    both = running.lead.model_copy(update={"roles": running.projects.national("lead_evaluator").roles})
    own = await running.decide(report, both, outcome="accepted")
    assert (own.status_code, own.json()["code"]) == (409, "report-own")


async def test_the_evaluator_sees_by_project_what_is_owed_late_and_said(running: Running) -> None:
    await running.step("completed", ProjectCompleted)
    report = (await running.reports(running.lead))["lead-report"]
    await running.hand_in(report, running.lead)
    year = f"?network=clubs&project_year={YEAR}"
    seen = await running.projects.call("GET", f"{MINE}/overview{year}", running.projects.national("lead_evaluator"))
    [project] = seen.json()["projects"]
    assert {name: project[name] for name in ("owed", "draft", "submitted", "accepted", "overdue", "groups")} == {
        "owed": 4,
        "draft": 3,
        "submitted": 1,
        "accepted": 0,
        "overdue": 0,
        "groups": 1,
    }
    assert {one["kind"]: (one["levels"], one["reached"], one["out_of"]) for one in project["outcomes"]} == {
        "professional_learning": ({"most": 1}, 0, 0),
        "pupils": ({"some": 1}, 30, 52),
    }
    elsewhere = staff("lead_evaluator", organisation_id=new_id())
    assert (await running.projects.call("GET", f"{MINE}/overview{year}", elsewhere)).json()["projects"] == []


async def test_the_national_export_has_what_was_handed_in_under_the_same_pseudonyms_each_time(
    running: Running,
) -> None:
    await running.step("completed", ProjectCompleted)
    reports = await running.reports(running.teacher)
    await running.hand_in(reports["summary900001"], running.teacher)
    path, evaluator = f"{MINE}/evaluation.csv?network=clubs&project_year={YEAR}", running.projects.national()
    first, second = [(await running.projects.call("GET", path, evaluator)).text for _ in range(2)]
    assert first == second
    rows = list(csv.DictReader(io.StringIO(first.lstrip("\ufeff"))))
    assert [(one["outcome"], one["level"], one["reached"]) for one in rows] == [
        ("professional_learning", "most", ""),
        ("pupils", "some", "30"),
    ]
    assert len(rows[0]["school"]) == 16
    assert not any(secret in first for secret in ("900001", str(running.group_id), "Eleven teachers", "Six sessions"))


async def test_leads_are_reminded_once_of_each_reminder_and_not_after_handing_in(running: Running) -> None:
    service, now = running.projects.service, clock.now().replace(hour=12)
    assert await _remind(service, now) == 1
    assert await _remind(service, now + timedelta(minutes=5)) == 0
    assert await _remind(service, now + timedelta(days=6)) == 1
    assert await _remind(service, now + timedelta(days=7 + 6)) == 0
    assert await _remind(service, now + timedelta(days=7 + 7)) == 1
    told = [one for one in await service.published(ReportReminded) if one.person_id == running.lead.id]
    assert [one.days_before for one in told] == [7, 1, -7]
    await running.hand_in((await running.reports(running.lead))["lead-report"], running.lead)
    assert await _remind(service, now + timedelta(days=15)) == 0


async def _remind(service: ServiceHarness, now: Any) -> int:
    settings = service.settings
    assert isinstance(settings, Settings)
    async with service.session() as session:
        due = await due_report_reminders(session, settings, now)
    sent = 0
    for one in due:
        async with service.session() as session:
            sent += await remind_of_report(session, settings, one, now)
    return sent


async def test_a_school_that_leaves_is_asked_no_more_and_is_asked_again_when_it_is_back(running: Running) -> None:
    schools = (await running.projects.call("GET", f"{running.group}/schools")).json()["data"]
    second = next(one["id"] for one in schools if one["urn"] == "900002")
    await running.projects.call(
        "POST", f"{running.group}/schools/{second}/departure", body={"reason": "The head changed her mind."}
    )
    await running.step("completed", ProjectCompleted)
    assert "summary900002" not in await running.reports(running.projects.staff())
