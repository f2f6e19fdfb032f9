"""The developer portal in a real browser: it looks the same offline, and everybody can use it."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from browser import chromium, focus_walk, is_wider_than_the_window, screenshot, violations
from gateway_harness import build_gateway

PICTURES = Path(os.environ["NCCE_PICTURES"]) if "NCCE_PICTURES" in os.environ else None
"""Where to keep pictures of every page, for somebody to look at."""
WINDOWS = {"desktop": (1280, 800), "phone": (390, 844)}
SAYS = {
    "/docs": "Build on the NCCE platform",
    "/docs/guides": "Reporting completions, for partners",
    "/docs/first-completion": "From a key to a recorded completion",
    "/docs/authentication": "A request shows one credential or none",
    "/docs/problems": "idempotency-key-missing",
    "/problems/idempotency-key-missing": "Try again?",
    "/docs/api": "What people completed on partners' own systems",
    "/docs/api/completions": "Who may call: A partner’s key with the scope completions:write",
    "/docs/changes": "refused by a test",
}


@dataclass(frozen=True)
class Site:
    """A gateway without services behind it, and a browser."""

    url: str
    browser: Browser

    async def opened(self, path: str) -> Page:
        """A page that asked nothing of another host and had nothing refused by its own policy."""
        page = await self.browser.new_page(base_url=self.url)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        reply = await page.goto(path, wait_until="networkidle")
        assert reply is not None
        assert reply.status == 200
        assert complaints == []
        assert [url for url in asked if not url.startswith((self.url, "data:"))] == []
        return page


@pytest.fixture(scope="module")
async def site() -> AsyncIterator[Site]:
    async with AsyncExitStack() as held:
        _, _, running = build_gateway("http://127.0.0.1:1")
        held.push_async_callback(running.stop)
        yield Site(running.url, await held.enter_async_context(chromium()))


@pytest.mark.parametrize("path", SAYS)
async def test_every_kind_of_page_is_accessible_and_fits_every_window(site: Site, path: str) -> None:
    page = await site.opened(path)
    assert SAYS[path] in await page.inner_text("main")
    assert await page.locator("h1").count() == 1
    for name, (width, height) in WINDOWS.items():
        await page.set_viewport_size({"width": width, "height": height})
        assert not await is_wider_than_the_window(page), name
        await screenshot(page, PICTURES, f"{path.strip('/').replace('/', '-')}-{name}")
    assert await violations(page) == []
    await page.close()


async def test_the_keyboard_reaches_everything_and_shows_where_it_is(site: Site) -> None:
    page = await site.opened("/docs")
    walk = await focus_walk(page, 7)
    assert [text for text, _ in walk] == [
        "Skip to main content",
        "NCCE for developers",
        "Guides",
        "API reference",
        "Problems",
        "Changes",
        "Post your first completion",
    ]
    assert all(is_shown for _, is_shown in walk)
    await page.close()


async def test_a_request_is_tried_from_the_page_itself(site: Site) -> None:
    page = await site.opened("/docs/api/completions/try")
    await page.get_by_role("button", name="get /v1/completions", exact=True).first.wait_for()
    await screenshot(page, PICTURES, "try-desktop")
    await page.set_viewport_size({"width": 390, "height": 844})
    await screenshot(page, PICTURES, "try-phone")
    await page.close()
