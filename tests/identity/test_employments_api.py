"""Teachers move from school to school, and what depends on it is told."""

from datetime import timedelta

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from contracts.identity import TeacherRegistered, TeacherUpdated
from identity_steps import IdentitySteps

TODAY = str(clock.today())


def move(to: str = "900002", phase: str = "secondary", from_on: str = TODAY) -> dict[str, str]:
    return {"school_urn": to, "phase": phase, "from_on": from_on}


async def began_on(identity: IdentitySteps, days_ago: int) -> None:
    await identity.query("UPDATE employment SET from_on = current_date - CAST(:days AS integer)", days=days_ago)


async def test_a_move_ends_the_employment_before_and_is_told_without_personal_data(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [registered] = await identity.harness.published(TeacherRegistered)
    await began_on(identity, 100)
    caller = a_teacher(person_id=registered.teacher_id)
    moved = await identity.call("PUT", "/v1/me/school", move(), caller=caller)
    assert moved.status_code == 200, moved.text
    now, before = moved.json()["data"]
    assert (now["school_urn"], now["from_on"], now["to_on"]) == ("900002", TODAY, None)
    assert (before["school_urn"], before["to_on"]) == ("900001", str(clock.today() - timedelta(days=1)))
    [told] = await identity.harness.published(TeacherUpdated)
    assert (told.teacher_id, told.school_urn, told.phase) == (registered.teacher_id, "900002", "secondary")
    assert set(TeacherUpdated.model_fields) == {
        *("teacher_id", "school_urn", "phase", "from_on", "left_on", "updated_at")
    }
    tokens = await identity.log_in()
    assert tokens.status_code == 200
    me = await identity.call("GET", "/v1/me", caller=caller)
    assert (me.json()["school"]["urn"], me.json()["phase"]) == ("900002", "secondary")


async def test_the_same_move_said_twice_is_told_once(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [registered] = await identity.harness.published(TeacherRegistered)
    caller = a_teacher(person_id=registered.teacher_id)
    for _ in range(2):
        assert (await identity.call("PUT", "/v1/me/school", move(), caller=caller)).status_code == 200
    assert len(await identity.harness.published(TeacherUpdated)) == 1
    held = (await identity.call("GET", "/v1/me/employments", caller=caller)).json()["data"]
    assert [one["school_urn"] for one in held] == ["900002"], "entered on the same day: a correction, not a move"


async def test_nobody_moves_in_the_future_or_before_they_came(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [registered] = await identity.harness.published(TeacherRegistered)
    caller = a_teacher(person_id=registered.teacher_id)
    tomorrow, yesterday = (str(clock.today() + timedelta(days=days)) for days in (1, -1))
    ahead = await identity.call("PUT", "/v1/me/school", move(from_on=tomorrow), caller=caller)
    assert (ahead.status_code, ahead.json()["errors"][0]["code"]) == (422, "not-yet")
    early = await identity.call("PUT", "/v1/me/school", move(from_on=yesterday), caller=caller)
    assert (early.status_code, early.json()["code"]) == (409, "move-before-present-school")


async def test_an_administrator_moves_a_teacher_and_others_may_not(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [registered] = await identity.harness.published(TeacherRegistered)
    path = f"/v1/teachers/{registered.teacher_id}/school"
    assert (await identity.call("PUT", path, move(), caller=a_teacher())).status_code == 403
    assert (await identity.call("PUT", path, move(), caller=staff("administrator"))).status_code == 200
    nobody = await identity.call("PUT", f"/v1/teachers/{new_id()}/school", move(), caller=staff("administrator"))
    assert nobody.json()["code"] == "person-not-found"


async def test_staff_who_begin_to_teach_are_told_as_new_teachers(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [registered] = await identity.harness.published(TeacherRegistered)
    await identity.query("UPDATE person SET phase = NULL")
    await identity.query("DELETE FROM employment")
    caller = a_teacher(person_id=registered.teacher_id)
    assert (await identity.call("PUT", "/v1/me/school", move(), caller=caller)).status_code == 200
    assert [one.school_urn for one in await identity.harness.published(TeacherRegistered)] == ["900001", "900002"]


async def test_an_employment_ends_without_a_new_school(identity: IdentitySteps) -> None:
    await identity.sign_up("leaving@example.org")
    [row] = await identity.query("SELECT person_id FROM account WHERE email = 'leaving@example.org'")
    mine = a_teacher(person_id=row.person_id)
    today = str(clock.today())
    early = await identity.post("/v1/me/school/leaving", {"to_on": "2001-01-01"}, caller=mine)
    assert early.json()["code"] == "leaving-before-present-school"
    left = await identity.post("/v1/me/school/leaving", {"to_on": today}, caller=mine)
    assert [one["to_on"] for one in left.json()["data"]] == [today]
    assert (await identity.harness.published(TeacherUpdated))[-1].left_on == clock.today()
    again = await identity.post("/v1/me/school/leaving", {"to_on": today}, caller=mine)
    assert again.json()["code"] == "employment-not-open"
