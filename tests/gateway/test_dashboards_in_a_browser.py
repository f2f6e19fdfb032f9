"""Dashboards in a real browser: the real figures of hubs, for whoever is signed in by cookie, usable by everybody."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy import select, text

from browser import chromium, focus_walk, is_wider_than_the_window, screenshot, served, violations
from gateway_harness import SESSION, Issuer, RealClock, Services, build_gateway, run, sign_in_by_cookie
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.directory.models import Hub
from hubs.groups.models import GroupSchool
from ncce_cli.bench.dashboards import NETWORK, YEAR, statements

PICTURES = Path(os.environ["NCCE_PICTURES"]) if "NCCE_PICTURES" in os.environ else None
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}
OF_YEAR = f"/dashboards/{NETWORK}/{YEAR}"
COLUMNS = {"Forming": "forming", "Running": "running", "Completed": "completed", "Schools": "schools"}


@dataclass(frozen=True)
class Site:
    """A gateway before real hubs with a year in it, and a browser."""

    url: str
    services: Services
    browser: Browser
    team_id: UUID
    hub_id: UUID
    urn: str

    async def visitor(self, **claims: Any) -> BrowserContext:
        """Somebody's browser; without claims they are not signed in."""
        context = await self.browser.new_context(base_url=self.url)
        if claims:
            session = f"{SESSION[:-4]}{len(self.services.sessions):04}"
            sign_in_by_cookie(self.services, time(), session)
            self.services.sessions[session]["claims"] |= claims
            value = {"name": "__Host-ncce_session", "value": session, "domain": "localhost", "path": "/"}
            await context.add_cookies([value | {"secure": True, "httpOnly": True}])  # type: ignore[list-item]
        return context

    async def staff(self, role: str, organisation_id: UUID) -> BrowserContext:
        """The browser of somebody with a role."""
        return await self.visitor(roles=[{"role": role, "organisation_id": str(organisation_id)}])

    async def opened(self, context: BrowserContext, path: str, status: int = 200) -> Page:
        """A page that asked nothing of another host and had nothing refused by its own policy."""
        page = await context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        reply = await page.goto(path)
        assert reply is not None
        assert reply.status == status
        assert [one for one in complaints if str(status) not in one] == []
        assert [url for url in asked if not url.startswith((self.url, "data:"))] == []
        return page


@pytest.fixture(scope="module")
async def site(databases: Databases) -> AsyncIterator[Site]:
    url = await databases.of(SERVICE)
    async with AsyncExitStack() as held:
        held.push_async_callback(databases.drop, url)
        hubs = ServiceHarness(SERVICE, settings_for(SERVICE, url))
        held.push_async_callback(hubs.close)
        async with hubs.session() as session:
            for statement in statements(9, 6, 3):
                await session.execute(text(statement))
            team_id = await session.scalar(text("SELECT national_team_id FROM network"))
            hub_id = await session.scalar(select(Hub.id).order_by(Hub.name))
            urn = await session.scalar(select(GroupSchool.urn).limit(1))
        hubs_url = await held.enter_async_context(served(hubs.app))
        identity = Services(Issuer())
        known = run(uvicorn.Config(identity, lifespan="off", log_config=None))
        held.push_async_callback(known.stop)
        _, _, running = build_gateway(known.url, clock=RealClock(), hubs_url=hubs_url)
        held.push_async_callback(running.stop)
        origin = running.url.replace("127.0.0.1", "localhost")
        assert team_id is not None
        assert hub_id is not None
        yield Site(origin, identity, await held.enter_async_context(chromium()), team_id, hub_id, str(urn))


async def looked_at(page: Page, name: str) -> None:
    """Usable by everybody, in every window, and on paper."""
    assert await page.locator("h1").count() == 1
    for window, (width, height) in WINDOWS.items():
        await page.set_viewport_size({"width": width, "height": height})
        assert not await is_wider_than_the_window(page), window
        await screenshot(page, PICTURES, f"dashboard-{name}-{window}")
    assert await violations(page) == []


async def column(page: Page, caption: str, name: str) -> list[int]:
    """The numbers of a column of a table."""
    table = page.locator("table", has=page.locator("caption", has_text=re.compile(f"^{caption}$")))
    heads = await table.locator("thead th").all_inner_texts()
    cells = await table.locator(f"tbody tr > :nth-child({heads.index(name) + 1})").all_inner_texts()
    return [int(re.sub(r"[^\d]", "", cell) or 0) for cell in cells]


async def test_the_national_team_sees_the_network_and_goes_on_to_a_hub(site: Site) -> None:
    context = await site.staff("network_lead", site.team_id)
    page = await site.opened(context, "/dashboards")
    await looked_at(page, "list")
    await page.get_by_role("link", name="The whole network").click()
    told = await (await context.request.get(f"/v1/networks/{NETWORK}/{YEAR}/dashboard")).json()
    for head, name in COLUMNS.items():
        shown = await column(page, "Plan and delivery by project", head)
        assert shown == [one["delivery"][name] for one in told["projects"]], head
    drawn = [round(one["money"]["drawn_pence"] / 100) for one in told["projects"] if one["money"]["groups"]]
    assert await column(page, "Money by project: our part of the grants, in pounds", "Drawn") == drawn
    assert await page.locator("svg.map g").count() == 9
    await looked_at(page, "network")
    if PICTURES is not None:
        (PICTURES / "dashboard-network.pdf").write_bytes(await page.pdf(prefer_css_page_size=True))
    await page.get_by_role("link", name="Bench hub 01").click()
    assert await page.locator("h1").inner_text() == "Bench hub 01"
    await looked_at(page, "hub-by-team")
    await context.close()


async def test_a_hub_sees_its_own_with_money_and_takes_its_tables_away(site: Site) -> None:
    context = await site.staff("hub_lead", site.hub_id)
    page = await site.opened(context, f"{OF_YEAR}/hubs/{site.hub_id}")
    await looked_at(page, "hub")
    assert "Drawn" in await page.inner_text("main")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Groups as CSV").click()
    saved = await (await waiting.value).path()
    assert saved.read_text().startswith("group_id,title,project_code")
    refused = await site.opened(context, OF_YEAR, 403)
    assert await refused.locator("h1").inner_text() == "This dashboard is not yours to see"
    await looked_at(refused, "refused")
    await context.close()


async def test_an_evaluator_sees_no_money_on_the_pages(site: Site) -> None:
    context = await site.staff("lead_evaluator", site.team_id)
    for path in (OF_YEAR, f"{OF_YEAR}/hubs/{site.hub_id}"):
        page = await site.opened(context, path)
        words = await page.inner_text("main")
        assert "Reports due" in words
        assert not re.search("£|[Mm]oney|Drawn", words)
    await context.close()


async def test_a_school_sees_its_own_groups(site: Site) -> None:
    roles = [{"role": "school_lead", "organisation_id": None}]
    context = await site.visitor(roles=roles, attributes={"school_urn": site.urn, "phase": "primary"})
    page = await site.opened(context, "/dashboards")
    await page.get_by_role("link", name="Your groups").click()
    assert "a school" in await page.inner_text("main")
    await looked_at(page, "own")
    assert (await site.opened(context, f"{OF_YEAR}/hubs/{site.hub_id}", 403)) is not None
    await context.close()


async def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(site: Site) -> None:
    context = await site.visitor()
    page = await context.new_page()
    await page.goto(OF_YEAR)
    assert page.url == f"{site.url}/sign-in?next={OF_YEAR}"
    await context.close()


async def test_the_keyboard_reaches_tables_that_scroll_and_shows_where_it_is(site: Site) -> None:
    context = await site.staff("network_lead", site.team_id)
    page = await site.opened(context, OF_YEAR)
    walk = await focus_walk(page, 13)
    assert walk[0] == ("Skip to main content", True)
    assert [words for words, _ in walk[4:10]] == [
        "Plan and delivery", "Regions", "Hubs", "Recruitment", "Reports due", "Money"
    ]  # fmt: skip
    assert all(is_shown for _, is_shown in walk)
    await context.close()
