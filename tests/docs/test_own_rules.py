"""The code keeps the rules of the house, and each rule finds what it is for."""

import ast
from pathlib import Path

import pytest

from own_rules import EVERYWHERE, RULES, is_looked_at

ROOT = Path(__file__).parents[2]
FILES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text())
    for pattern in EVERYWHERE
    for path in ROOT.glob(pattern.replace("/*.py", "/**/*.py"))
    if is_looked_at(str(path))
}
SERVICE, HANDLERS = "services/funding/src/funding/grants/service.py", "services/funding/src/funding/handlers.py"


@pytest.mark.parametrize("name", RULES)
def test_the_code_keeps_the_rules_of_the_house(name: str) -> None:
    assert len(FILES) > 1000, "the files are not where this test looks"
    assert [finding for path, tree in FILES.items() for finding in RULES[name].findings(path, tree)] == []


@pytest.mark.parametrize(
    ("name", "path", "broken", "kept"),
    [
        ("commits", SERVICE, "await session.commit()", "await budgets.commit(session, budget)"),
        ("acknowledges", SERVICE, "await message.ack()", "heard(message)"),
        (
            "acknowledges inside",
            "libs/chassis/src/chassis/subscriptions.py",
            "async def f():\n async with db.transaction() as s:\n  await handle(s)\n  await message.ack()",
            "async def f():\n async with db.transaction() as s:\n  await handle(s)\n await message.ack()",
        ),
        ("reaches out", HANDLERS, "from httpx import AsyncClient", "from sqlalchemy.ext.asyncio import AsyncSession"),
        ("divides money", SERVICE, "share_pence = total_pence / 3", "share_pence, rest = divmod(total_pence, 3)"),
        ("divides money", SERVICE, "told = float(row.amount_pence)", "told = int(row.amount_pence)"),
        ("columns", SERVICE, "paid_pence: Mapped[Decimal]", "paid_pence: Mapped[int | None]"),
        ("columns", SERVICE, "paid_at: Mapped[date]", "paid_at: Mapped[datetime]"),
        ("columns", SERVICE, "cpd_hours: Mapped[float]", "cpd_hours: Mapped[Decimal]"),
        ("columns", SERVICE, "paid_on: Mapped[str]", "paid_on: Mapped[date | None]"),
        ("clock", SERVICE, "day = datetime.now(UTC).date()", "day = clock.today()"),
        ("sql", SERVICE, "def f(name):\n return text(f'DELETE FROM {name}')", "def f(name):\n return text(SQL)"),
        ("logs", SERVICE, "log.info('signed.in', teacher_email=email)", "log.info('signed.in', person=person.id)"),
        ("web", SERVICE, "raise HTTPException(404)", "raise NoSuchGrant(grant_id)"),
        ("long", SERVICE, "def f():\n" + " a()\n" * 51, "def f():\n" + " a()\n" * 49),
    ],
)
def test_each_rule_finds_what_it_is_for(name: str, path: str, broken: str, kept: str) -> None:
    assert len(RULES[name].findings(path, ast.parse(broken))) == 1
    assert RULES[name].findings(path, ast.parse(kept)) == []


def test_who_is_excused_from_a_rule_would_break_it() -> None:
    for name, rule in RULES.items():
        for path, _reason in rule.excused:
            assert list(rule.look(FILES[path])), f"{path} needs no excuse from {name!r} any more"


def test_no_file_has_more_than_400_lines() -> None:
    long = [path for path in FILES if path.startswith(("libs/", "services/", "gateway/", "cli/"))]
    assert [path for path in long if len((ROOT / path).read_text().splitlines()) > 400] == []
