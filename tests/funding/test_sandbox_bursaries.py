"""A sandbox has a bursary for every way that one can end, and its books are sound."""

import re
from pathlib import Path
from typing import Any

from builders import staff
from composition import ROOT
from contracts.sandbox import BURSARIES
from funding.app import SERVICE
from funding.sandbox.scenarios import DECLINED, booking_of
from funding.verification import service as verification

GUIDE = (ROOT / "docs" / "guide" / "sandbox.md").read_text()
TABLE = re.compile(r"^\| `([-0-9a-f]{36})` \| (\d{6}) \| `(\w+)` \|", re.MULTILINE)


async def test_every_bursary_came_to_what_its_name_says_and_the_books_are_sound(
    start_service: Any, tmp_path: Path
) -> None:
    funding = await start_service(SERVICE, seeded=True, sandbox=True, sandbox_clock_file=tmp_path / "clock")
    for _ in range(2):
        await funding.seed("sandbox-bursaries")
    officer = await funding.client(staff("funding_officer"))
    found = {one["booking_id"]: one for one in (await officer.get("/v1/bursaries")).json()["data"]}
    named = {name: found[str(booking_of(teacher))] for name, teacher in BURSARIES.items()}
    told = [(one["booking_id"], one["school_urn"], one["status"]) for one in named.values()]
    assert told == TABLE.findall(GUIDE), "as the guide's table has it"
    assert len(found) == len(BURSARIES), "laid out once"
    history = (await officer.get(f"/v1/bursaries/{named['declined']['id']}/history")).json()["data"]
    assert history[-1]["reason"] == DECLINED
    [run] = (await officer.get("/v1/payment-runs")).json()["data"]
    shown = (await officer.get(f"/v1/payment-runs/{run['id']}")).json()
    assert sorted(one["status"] for one in shown["items"]) == ["returned", "sent", "sent"]
    async with funding.database.engine.connect() as connection:
        assert [finding async for finding in verification.verify(connection)] == []
