"""A re-evaluation at the size of the country: 10,000 people, 100,000 entries, every one of them restated."""

import resource
import time

import pytest
from sqlalchemy import text

from builders import staff
from certification.reevaluations.engine import advance
from certification_facts import a_proposal, asked, published
from harness import ServiceHarness
from ncce_cli.bench.progress import PEOPLE, statements

SECONDS = 60.0
MEGABYTES = 200
OTHER_CREDITS = [
    {"kind": "registration", "component": "commitment", "basis": "fixed", "credits": "6", "source": "A trial"},
    {"kind": "hub_membership", "component": "commitment", "basis": "fixed", "credits": "4", "source": "A trial"},
    {"kind": "diagnostic", "component": "commitment", "basis": "fixed", "credits": "9", "source": "A trial"},
    {
        "kind": "cpd",
        "component": "professional_knowledge",
        "basis": "per_hour",
        "credits": "2.5",
        "source": "A trial",
    },
    {"kind": "community", "component": "community", "basis": "fixed", "credits": "7", "source": "A trial"},
]
"""Other credits for everything: some more, most fewer, so that most entries are reversed and made anew."""


async def fill(certification: ServiceHarness, people: int) -> int:
    async with certification.database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.execute("SET statement_timeout = 0")
        for statement, parameters in statements(people):
            await driver.execute(statement, *parameters, timeout=300)
        return int(await driver.fetchval("SELECT count(*) FROM credit_entry"))


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def worked_off(certification: ServiceHarness) -> float:
    began = time.perf_counter()
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session)
    return time.perf_counter() - began


@pytest.mark.parametrize("people", [300, pytest.param(PEOPLE, marks=pytest.mark.campaign)])
async def test_reevaluation_of_a_hundred_thousand_entries_takes_less_than_a_minute(
    certification: ServiceHarness, capsys: pytest.CaptureFixture[str], people: int
) -> None:
    assert await fill(certification, people) == 10 * people
    administrator, other = staff("administrator"), staff("administrator")
    proposal = a_proposal()
    proposal["rules"] = {**proposal["rules"], "credits": OTHER_CREDITS, "requirements": []}
    proposal["cases"] = [
        {**proposal["cases"][0], "expect": {"is_complete": False}},
        {"name": "Much of everything", "done": _much(), "expect": {"is_complete": True}},
    ]
    version = await published(certification, administrator, other, proposal)
    figures = []
    for action in ("dry_run", "migrate_all"):
        before = megabytes()
        job = await asked(certification, administrator, scheme="primary", action=action, version=version)
        seconds = await worked_off(certification)
        client = await certification.client(administrator)
        found = (await client.get(f"/v1/re-evaluations/{job['id']}")).json()
        assert (found["status"], found["done"], sum(found["counts"].values())) == ("finished", people, people)
        figures.append(f"{action}: {seconds:.1f} s, {megabytes() - before:.0f} MB more, {found['counts']}")
        assert seconds < SECONDS
        assert megabytes() - before < MEGABYTES
    async with certification.session() as session:
        wrong = await session.scalar(text("SELECT count(*) FROM enrolment WHERE scheme_version = 1"))
        entries = await session.scalar(text("SELECT count(*) FROM credit_entry"))
    assert wrong == 0
    with capsys.disabled():
        print("\n".join(["", *figures, f"{entries} entries in the end"]))  # noqa: T201  a figure to report


def _much() -> list[dict[str, str]]:
    community = (
        "lead-a-cas-community-of-practice",
        "contribute-to-online-discussion",
        "become-a-mentor",
        "attend-a-cas-community-meeting",
    )
    return [
        {"kind": "registration"},
        {"kind": "diagnostic"},
        {"kind": "cpd", "activity": "CP228", "hours": "40"},
        *({"kind": "community", "activity": code} for code in community),
    ]


@pytest.mark.parametrize("people", [100, pytest.param(PEOPLE, marks=pytest.mark.campaign)])
async def test_reevaluation_that_awards_almost_everybody_takes_less_than_a_minute_and_leaves_no_gap(
    certification: ServiceHarness, capsys: pytest.CaptureFixture[str], people: int
) -> None:
    assert await fill(certification, people) == 10 * people
    one, other = staff("administrator"), staff("administrator")
    proposal = a_proposal()
    components = [{**rule, "credits_required": "10", "cap": "100"} for rule in proposal["rules"]["components"]]
    proposal["rules"] = {**proposal["rules"], "credits": OTHER_CREDITS, "requirements": [], "components": components}
    proposal["cases"] = [
        {"name": "Next to nothing", "done": [{"kind": "registration"}], "expect": {"is_complete": False}},
        {"name": "Much of everything", "done": _much(), "expect": {"is_complete": True}},
    ]
    version = await published(certification, one, other, proposal)
    await asked(certification, one, scheme="primary", action="migrate_all", version=version)
    before, seconds = megabytes(), await worked_off(certification)
    grown = megabytes() - before
    async with certification.session() as session:
        awarded = await session.scalar(text("SELECT count(*) FROM certificate"))
        row = (
            await session.execute(
                text(
                    """
                    SELECT (SELECT max(serial) FROM certificate_registration),
                           (SELECT count(DISTINCT (status_list, status_index)) FROM certificate_registration),
                           (SELECT max(position) + 1 FROM issuance_entry WHERE kind = 'issued'),
                           (SELECT max(tree_size) FROM issuance_head)
                    """
                )
            )
        ).one()
    assert awarded > 0.9 * people
    assert tuple(row) == (awarded,) * 4
    assert seconds < SECONDS
    assert grown < MEGABYTES
    with capsys.disabled():
        print(f"\n{awarded} awards among {people} people: {seconds:.1f} s, {grown:.0f} MB more")  # noqa: T201  a figure
