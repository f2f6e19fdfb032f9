"""What the guide says of the sandbox, done line by line against one."""

import asyncio
import json
import os
import re
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from browser import chromium, is_wider_than_the_window, screenshot, violations
from builders import a_fresh_key
from chassis import clock
from chassis.ids import new_id
from contracts.hubs import CpdCompleted
from contracts.identity import SandboxResetRequested
from harness import Databases
from sandbox_platform import JSON, STEM, SandboxPlatform, sandbox_platform

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
GUIDE = (GUIDES / "sandbox.md").read_text()
PICTURES = Path(os.environ["NCCE_PICTURES"]) if "NCCE_PICTURES" in os.environ else None
CODE = re.compile(r"`([^`]+)`")
BATCH = "/v1/completions:batch"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its own head."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    assert len(lines) > 3, heading
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def completed() -> CpdCompleted:
    """A completion that the partner reported counts."""
    return CpdCompleted(
        completion_id=new_id(), teacher_id=new_id(), activity_code="CO008", hours=Decimal(2), mode="online",
        completed_on=date(2026, 11, 2), reported_by_organisation_id=STEM,
    )  # fmt: skip


USUAL: JSON = json.loads(GUIDE.partition("The usual row:\n\n```json\n")[2].partition("\n```")[0])


@pytest.fixture(scope="module")
async def sandbox(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SandboxPlatform]:
    """One for all tests of this module: much is loaded into it."""
    async with sandbox_platform(databases, tmp_path_factory.mktemp("sandbox")) as platform:
        yield platform


def told(answer: JSON) -> list[str]:
    """Status and code of the one row."""
    [row] = answer["results"]
    return [row["status"], *([row["code"]] if row["code"] else [])]


async def reports(sandbox: SandboxPlatform, key: str) -> dict[str, Any]:
    """What the key's organisation has reported, by number."""
    _, found = await sandbox.ask("GET", "/v1/completions", key)
    assert "data" in found, found
    return {one["external_id"]: one["status"] for one in found["data"]}


async def test_everything_that_a_partner_can_meet_is_met_as_the_guide_says(sandbox: SandboxPlatform) -> None:
    key = (await sandbox.key())["key"]
    begun_with = await reports(sandbox, key)
    assert set(begun_with) == {
        one for cell, _ in table("What is there") for one in CODE.findall(cell) if "report" in cell
    }
    wrong = []
    for to_see, change, answer in table("Every outcome of a completion"):
        row = USUAL | json.loads(CODE.findall(change)[0])
        status, found = await sandbox.ask("POST", BATCH, key, {"completions": [row]})
        if (status, told(found) if status == 200 else found) != (200, CODE.findall(answer)):
            wrong.append((to_see, status, found))
    assert wrong == []
    await _refusals(sandbox, key)
    await _reset(sandbox, key, begun_with)
    await _clock(sandbox, key)
    await _webhooks(sandbox, key)
    await _live(sandbox)


async def _refusals(sandbox: SandboxPlatform, key: str) -> None:
    """Each line of the table of refusals, by what it says is sent."""
    rows = {"completions": [USUAL | {"external_id": "refusal"}]}
    revoked = await sandbox.key("bcs")
    expired = await sandbox.key("bcs")
    await sandbox.expire(expired["id"])
    narrow = (await sandbox.key("raspberry-pi-foundation", "test", "completions:write"))["key"]
    for _, send, answer in table("Every refusal of a request"):
        headers = {"X-API-Key": key} | a_fresh_key()
        method, path, body = "POST", BATCH, rows
        if send == "a batch without one":
            headers.pop("Idempotency-Key")
        elif send.startswith("another batch"):
            await sandbox.ask("POST", BATCH, key, {"completions": [USUAL]}, **headers)
        elif send.startswith("your key with"):
            headers["X-API-Key"] = key[:-1] + ("0" if key[-1] != "0" else "1")
        elif send.startswith("a key after its"):
            headers["X-API-Key"] = expired["key"]
        elif send.startswith("a key after"):
            await sandbox.revoke(revoked["id"])
            headers["X-API-Key"] = revoked["key"]
        elif send.startswith("`GET /v1/webhooks`"):
            method, path, headers["X-API-Key"] = "GET", "/v1/webhooks", narrow
        else:
            headers["NCCE-Sandbox-Fault"] = CODE.findall(send)[0].partition(": ")[2]
        assert await _answered(sandbox, method, path, headers, body) == answer, send
    # What timed out and what broke off was carried out, once.
    assert (await reports(sandbox, key))["refusal"] == "queued"


async def _answered(sandbox: SandboxPlatform, method: str, path: str, headers: dict[str, str], body: JSON) -> str:
    async with aiohttp.ClientSession() as client:
        try:
            async with client.request(method, sandbox.url + path, headers=headers, json=body) as reply:
                return f"{reply.status} `{(await reply.json()).get('code')}`"
        except aiohttp.ClientError:
            return "none"


async def _reset(sandbox: SandboxPlatform, key: str, begun_with: JSON) -> None:
    other = (await sandbox.key("bcs"))["key"]
    await sandbox.ask("POST", BATCH, other, {"completions": [USUAL]})
    others = await reports(sandbox, other)
    assert others["try-1"] == "queued"
    status, _ = await sandbox.ask("POST", "/v1/sandbox/reset", key)
    assert status == 202
    await sandbox.carry()
    assert await reports(sandbox, key) == begun_with
    assert await reports(sandbox, other) == others
    # The scenarios work again, to the first line of the table.
    row = USUAL | {"external_learner_id": "sandbox-known"}
    assert told((await sandbox.ask("POST", BATCH, key, {"completions": [row]}))[1]) == ["recorded"]


async def _clock(sandbox: SandboxPlatform, key: str) -> None:
    status, moved = await sandbox.ask("POST", "/v1/sandbox/clock", key, {"advance_seconds": 86400 * 30})
    assert (status, moved["ahead_seconds"]) == (200, 86400 * 30)
    soon = USUAL | {"external_id": "tomorrow", "occurred_at": clock.now().isoformat()}
    assert told((await sandbox.ask("POST", BATCH, key, {"completions": [soon]}))[1]) == ["queued"]
    for wrong in ({"set_to": "2026-01-01T00:00:00Z"}, {"advance_seconds": 129_999_999}):
        status, problem = await sandbox.ask("POST", "/v1/sandbox/clock", key, wrong)
        assert (status, problem["code"]) == (422, "clock-goes-forward")
    assert (await sandbox.ask("GET", "/v1/sandbox/clock", key))[1]["ahead_seconds"] == 86400 * 30


async def _webhooks(sandbox: SandboxPlatform, key: str) -> None:
    outcomes = {
        "200": ("delivered", "active"),
        "500": ("waiting", "active"),
        "410": ("dead", "disabled"),
        "timeout": ("waiting", "active"),
    }
    for address, _ in table("Webhooks"):
        _, made = await sandbox.ask("POST", "/v1/webhooks", key, {"url": CODE.findall(address)[0]})
        shown = f"/v1/webhooks/{made['id']}"
        await sandbox.send_webhooks()
        assert (await sandbox.ask("GET", shown, key))[1]["status"] == "active"
        await sandbox.tell(completed())
        await sandbox.send_webhooks()
        deliveries = (await sandbox.ask("GET", f"{shown}/deliveries", key))[1]["data"]
        [delivery] = [one for one in deliveries if "verification" not in one["event_type"]]
        status = (await sandbox.ask("GET", shown, key))[1]["status"]
        assert (delivery["status"], status) == outcomes[CODE.findall(address)[0].rpartition("/")[2]]


async def _live(sandbox: SandboxPlatform) -> None:
    live = (await sandbox.key("stem-learning", "live"))["key"]
    for method, path in (("GET", "clock"), ("POST", "clock"), ("POST", "reset")):
        body = {"advance_seconds": 60} if path == "clock" and method == "POST" else None
        status, problem = await sandbox.ask(method, f"/v1/sandbox/{path}", live, body)
        assert (status, problem["code"]) == (403, "sandbox-only")
    assert await sandbox.live.published(SandboxResetRequested) == []


async def test_the_quick_starts_commands_post_a_completion(sandbox: SandboxPlatform) -> None:
    await sandbox.add_administrator()
    guide = (GUIDES / "first-completion.md").read_text()
    blocks = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    script = "\n".join(blocks).replace("http://127.0.0.1:8080", sandbox.url)
    assert script.count("curl ") == 7
    running = await asyncio.create_subprocess_exec("bash", "-euo", "pipefail", "-c", script, stdout=PIPE, stderr=PIPE)
    said, complaints = await running.communicate()
    assert (running.returncode, complaints) == (0, b"")
    assert said.count(b'"status":"recorded"') == 2
    assert b'"external_id":"first-1"' in said


async def test_a_request_is_executed_from_the_page_and_everybody_can_use_the_page(sandbox: SandboxPlatform) -> None:
    key = (await sandbox.key("dfe"))["key"]
    async with chromium() as browser:
        page = await browser.new_page(base_url=sandbox.url)
        await page.goto("/docs/api/changes/try", wait_until="networkidle")
        await page.get_by_role("button", name="Authorize").first.click()
        assert await violations(page) == []
        field = page.locator(".auth-container", has_text="apiKey").get_by_role("textbox")
        await field.fill(key)
        await page.locator(".auth-container", has_text="apiKey").get_by_role("button", name="Apply").click()
        await page.get_by_role("button", name="Close").first.click()
        await page.get_by_role("button", name="get /v1/changes", exact=True).first.click()
        await page.get_by_role("button", name="Try it out").first.click()
        async with page.expect_response(re.compile("/v1/changes")) as waited:
            await page.get_by_role("button", name="Execute").first.click()
        reply = await waited.value
        assert reply.status == 200
        await page.locator(".live-responses-table").get_by_text("next_cursor").first.wait_for()
        assert await violations(page) == []
        for name, (width, height) in {"desktop": (1280, 800), "phone": (390, 844)}.items():
            await page.set_viewport_size({"width": width, "height": height})
            assert not await is_wider_than_the_window(page), name
            await screenshot(page, PICTURES, f"executed-{name}")
