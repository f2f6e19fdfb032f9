"""Reference data: complete, loaded once, and told of only when something changed."""

from pathlib import Path

from sqlalchemy import func, select, update

from chassis import migrate
from contracts.hubs import HubChanged, SchoolChanged
from contracts.networks import GroupFormed, ParticipationRecorded
from harness import Databases, ServiceHarness
from hubs.alliances.models import Alliance, AllianceSchool, HubGuest
from hubs.alliances.queries import findings_of, members_of
from hubs.app import SERVICE
from hubs.centres.models import Centre, CentreSpace
from hubs.courses.models import CalendarShift, CourseRun, CourseSession
from hubs.directory.models import Hub, HubSchool
from hubs.equipment.models import Kit
from hubs.group_spaces.models import SpacePost, SpaceReport, SpaceTopic
from hubs.groups.models import GroupSchool, ProjectGroup
from hubs.hub_plans.models import HubPlan
from hubs.reference import rows
from hubs.schools.models import School
from hubs.schools.synthetic import write
from hubs.seeds import course_run_id


async def test_the_second_loading_changes_and_publishes_nothing(hubs: ServiceHarness) -> None:
    await hubs.seed()
    schools, changed_hubs = await hubs.published(SchoolChanged), await hubs.published(HubChanged)
    assert (len(schools), len(changed_hubs)) == (len(rows("schools_synthetic.csv")), 37 + 1)
    written = await _written(hubs)
    await hubs.seed()
    assert await _written(hubs) == written
    assert len(await hubs.published(SchoolChanged)) == len(schools)
    assert len(await hubs.published(HubChanged)) == len(changed_hubs)


async def _written(hubs: ServiceHarness) -> list[int]:
    """How many rows there are of what the demonstration's people wrote and formed."""
    async with hubs.session() as session:
        return [
            await session.scalar(select(func.count()).select_from(model)) or 0
            for model in (SpaceTopic, SpacePost, SpaceReport, Alliance, AllianceSchool)
        ]


async def test_a_school_that_differs_is_told_of_again_and_no_other(hubs: ServiceHarness) -> None:
    await hubs.seed("schools")
    before = len(await hubs.published(SchoolChanged))
    async with hubs.session() as session:
        await session.execute(update(School).where(School.urn == "900003").values(offers_gcse_computer_science=True))
    await hubs.seed("schools")
    events = await hubs.published(SchoolChanged)
    assert [(event.urn, event.offers_gcse_computer_science) for event in events[before:]] == [("900003", False)]


async def test_places_taken_and_the_calendar_survive_another_loading(hubs: ServiceHarness) -> None:
    await hubs.seed("areas", "hubs", "courses", "course_runs")
    async with hubs.session() as session:
        run = (await session.scalars(select(CourseRun).limit(1))).one()
        run.places_taken = 3
        (await session.scalars(select(CalendarShift))).one().weeks += 1
    await hubs.seed("course_runs")
    async with hubs.session() as session:
        moved = await session.get_one(CourseRun, run.id)
        assert (moved.places_taken, (moved.starts_on - run.starts_on).days) == (3, 7)


async def test_the_facts_of_the_purposeful_schools_are_published_as_recorded(reference: ServiceHarness) -> None:
    schools = {event.urn: event for event in await reference.published(SchoolChanged)}
    assert (schools["900001"].district_code, schools["900001"].is_state_funded) == ("E08000034", True)
    assert (schools["900006"].is_state_funded, schools["900015"].is_state_funded) == (False, None)
    assert (schools["900007"].is_open, schools["900008"].district_code) == (False, None)
    assert (schools["900009"].is_in_england, schools["900009"].phase) == (False, "primary")
    assert (schools["900010"].district_code, schools["900010"].district_vintage) == ("E07000026", "2018")
    assert (schools["900003"].offers_gcse_computer_science, schools["900005"].offers_gcse_computer_science) == (
        False,
        None,
    )
    assert all(school.name.endswith("(synthetic)") for school in schools.values())


async def test_every_hub_has_schools_of_every_phase_and_runs_keep_their_weekday(reference: ServiceHarness) -> None:
    covered = {row["district_code"]: row["hub_slug"] for row in rows("coverage.csv")}
    by_hub: dict[str, set[str]] = {}
    for row in rows("schools_synthetic.csv"):
        by_hub.setdefault(covered.get(row["district_code"], ""), set()).add(row["phase"])
    assert len([slug for slug, phases in by_hub.items() if slug and len(phases) == 4]) == 34
    async with reference.session() as session:
        total = await session.scalar(select(func.count()).select_from(CourseRun))
        opened = await session.scalar(select(func.count()).select_from(CourseRun).where(CourseRun.status == "open"))
        weeks = await session.scalar(select(CalendarShift.weeks))
    assert (total, opened) == (293, 248)
    assert weeks is not None
    assert weeks > 0


async def test_runs_have_the_sessions_that_follow_from_their_days(reference: ServiceHarness) -> None:
    runs = {run_row["source_ref"]: course_run_id(run_row["source_ref"]) for run_row in rows("runs.csv")}
    on_one_day = [
        row
        for row in rows("runs.csv")
        if row["starts_at"][:10] == row["ends_at"][:10] and row["starts_at"] < row["ends_at"]
    ]
    async with reference.session() as session:
        query = select(CourseSession, CourseRun).join(CourseRun, CourseRun.id == CourseSession.course_run_id)
        found = (await session.execute(query.order_by(CourseSession.starts_at))).all()
    by_run = {run_id: [one for one, run in found if run.id == run_id] for run_id in runs.values()}
    assert len(by_run) - sum(not sessions for sessions in by_run.values()) == 215
    # A course of several days has runs on one; when they meet again, the source does not say.
    short = {row["course_code"] for row in on_one_day if not by_run[runs[row["source_ref"]]]}
    assert short == {"CP229"}
    assert {len(sessions) for sessions in by_run.values()} == {0, 1, 2, 3}
    for one, run in found:
        assert run.starts_at <= one.starts_at < one.ends_at <= run.ends_at
        assert one.minutes * 60 <= (one.ends_at - one.starts_at).total_seconds()


def test_the_committed_schools_are_what_the_generator_makes(tmp_path: Path) -> None:
    write(tmp_path / "schools.csv")
    committed = Path(__file__).parents[2] / "services/hubs/src/hubs/reference/schools_synthetic.csv"
    assert (tmp_path / "schools.csv").read_bytes() == committed.read_bytes()


async def test_the_migrations_make_the_tables_that_the_models_describe(databases: Databases) -> None:
    url = await databases.of(SERVICE)
    await migrate.check(url, SERVICE.migrations)
    await databases.drop(url)


async def test_the_demonstration_has_plans_and_groups_within_the_documents_rules(reference: ServiceHarness) -> None:
    async with reference.session() as session:
        plans = dict((await session.execute(select(HubPlan.status, func.count()).group_by(HubPlan.status))).all())
        groups = (await session.scalars(select(ProjectGroup))).all()
        schools = set(await session.scalars(select(GroupSchool.urn)))
        synthetic = set(await session.scalars(select(School.urn).where(School.source == "synthetic")))
    assert set(plans) == {"agreed", "submitted", "draft"}
    states = sorted(one.status for one in groups)
    assert states == ["cancelled", "completed", *["forming"] * 2, *["running"] * 5]
    assert schools <= synthetic
    formed = await reference.published(GroupFormed)
    assert {one.group_id for one in formed} == {one.id for one in groups if one.status != "forming"}
    assert all(one.hub_name and one.card and one.inputs for one in formed)
    assert len(await reference.published(ParticipationRecorded)) == 14


async def test_the_demonstrations_running_groups_talk_and_one_post_of_each_waits_for_a_moderator(
    reference: ServiceHarness,
) -> None:
    async with reference.session() as session:
        query = select(ProjectGroup.status, SpaceTopic.posts).join(SpaceTopic, SpaceTopic.group_id == ProjectGroup.id)
        topics = (await session.execute(query)).all()
        reported = (await session.scalars(select(SpaceReport))).all()
        groups = set(await session.scalars(select(SpaceTopic.group_id)))
    assert {one.status for one in topics} == {"running"}
    assert sorted(one.posts for one in topics) == [*[2] * len(groups), *[3] * len(groups)]
    assert len(groups) == 3
    assert {one.group_id for one in reported} == groups
    assert {(one.kind, one.status) for one in reported} == {("personal_data", "open")}


async def test_the_demonstrations_alliance_may_ask_to_be_a_hub_once_its_school_means_to(
    reference: ServiceHarness,
) -> None:
    async with reference.session() as session:
        alliance = (await session.scalars(select(Alliance).where(Alliance.status == "forming"))).one()
        members = await members_of(session, alliance.id)
    assert (alliance.lead_urn, alliance.status) == ("900003", "forming")
    assert sorted(one.consented_on is None for one in members) == [*[False] * 9, True]
    assert not [one for one in findings_of(members) if one.is_decisive]


async def test_another_alliance_of_the_demonstration_is_a_hub_with_an_open_centre_that_it_shares(
    reference: ServiceHarness,
) -> None:
    async with reference.session() as session:
        alliance = (await session.scalars(select(Alliance).where(Alliance.status == "hub"))).one()
        hub = await session.get_one(Hub, alliance.hub_id)
        centre = (await session.scalars(select(Centre).where(Centre.hub_id == hub.id))).one()
        spaces = (await session.scalars(select(CentreSpace).where(CentreSpace.centre_id == centre.id))).all()
        kits = (await session.scalars(select(Kit).where(Kit.hub_id == hub.id))).all()
        guests = set(await session.scalars(select(HubGuest.urn).where(HubGuest.hub_id == hub.id)))
        belong = set(await session.scalars(select(HubSchool.urn).where(HubSchool.hub_id == hub.id)))
    assert (hub.kind, hub.stage, hub.is_open, centre.status) == ("stem_skills_hub", "designated", True, "open")
    assert [one.is_bookable for one in spaces] == [True]
    assert len(kits) == len(guests) == 1
    assert len(belong) == 10
    assert not guests & belong
