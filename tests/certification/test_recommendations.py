"""What progress recommends: from the pathway and its bands, only what is offered and not done, with reasons."""

from collections.abc import Iterable

from sqlalchemy import text

from certification_facts import JSON, Log, completed
from harness import ServiceHarness
from questionnaire_steps import Sitting

KEY_STAGE_2 = ((1, 2), (2, 2), (6, 1), (7, 1), (8, 1), (9, 2), (10, 2), (11, 1), (12, 1))


async def recommended(log: Log, scheme: str | None = None) -> list[JSON]:
    return list((await log.scheme(scheme))["recommendations"])


def courses(recommendations: Iterable[JSON]) -> list[str]:
    return [one["activity"] for one in recommendations if one["component"] == "professional_knowledge"]


async def diagnosed(certification: ServiceHarness) -> Log:
    """A primary teacher whose diagnostic recommends developing in the classroom."""
    log = await Log(certification).register()
    sitting = await Sitting.begin(log)
    await sitting.save(*KEY_STAGE_2)
    await sitting.finish()
    return log


async def set_status(certification: ServiceHarness, code: str, replaced_by: str | None) -> None:
    change = text("UPDATE activity SET status = 'legacy', replaced_by = :replaced_by WHERE code = :code")
    async with certification.session() as session:
        await session.execute(change, {"code": code, "replaced_by": replaced_by})


async def test_the_pathway_comes_first_with_the_bands_that_led_to_it(certification: ServiceHarness) -> None:
    log = await diagnosed(certification)
    found = await recommended(log)
    assert courses(found) == ["CP454", "CP455", "CO232"]
    assert found[0]["because"] == {
        "kind": "pathway",
        "pathway": "developing-in-the-classroom-2",
        "bands": [
            {"dimension": "programming", "band": "starting"},
            {"dimension": "curriculum", "band": "starting"},
        ],
        "requirement": None,
        "replaces": None,
    }
    assert "In the pathway “Developing in the classroom”" in found[0]["reason"]


async def test_what_was_done_is_not_recommended_again(certification: ServiceHarness) -> None:
    log = await diagnosed(certification)
    await certification.deliver(completed(log.id, "1", "CP454"))
    assert courses(await recommended(log)) == ["CP455", "CO232", "CO700"]


async def test_what_is_not_offered_any_more_gives_way_to_what_took_its_place(certification: ServiceHarness) -> None:
    log = await diagnosed(certification)
    await set_status(certification, "CP454", "CP228")
    await set_status(certification, "CP455", None)
    found = await recommended(log)
    assert courses(found) == ["CP228", "CO232", "CO700"]
    assert (found[0]["because"]["replaces"], found[1]["because"]["replaces"]) == ("CP454", None)
    await certification.deliver(completed(log.id, "1", "CP228"))
    assert courses(await recommended(log)) == ["CO232", "CO700", "CO041"]


async def test_without_a_diagnostic_the_reason_is_the_component(certification: ServiceHarness) -> None:
    found = await recommended(await Log(certification).register())
    assert {one["because"]["kind"] for one in found} == {"component"}
    assert {one["because"]["pathway"] for one in found} == {None}


async def test_a_requirement_is_named_to_people_and_to_programs(certification: ServiceHarness) -> None:
    log = await Log(certification, "secondary").register()
    assert (await log.post("/v1/enrolments", {"scheme": "i_belong"})).status_code == 201
    found = [one for one in await recommended(log, "i_belong") if one["because"]["kind"] == "requirement"]
    titles = {one["because"]["requirement"] for one in found}
    assert titles == {"One course about girls in computing", "Resources in use", "Increase girls' engagement"}
    assert all(one["because"]["requirement"] in one["reason"] for one in found)
