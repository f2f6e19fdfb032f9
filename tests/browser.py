"""Debian's Chromium, driven over pages that a real application serves on loopback."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, async_playwright
from starlette.types import ASGIApp

from ncce_cli import browser, processes

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
"""Works as root and asks nothing of any network."""

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser that reaches this machine only."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser.find(), args=list(QUIET))
        try:
            yield launched
        finally:
            await launched.close()


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The address of an application on loopback; its lifespan is the test's business."""
    port = processes.free_port()
    config = uvicorn.Config(app, host=processes.LOOPBACK, port=port, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    try:
        while not server.started:  # noqa: ASYNC110  uvicorn tells it no other way
            await asyncio.sleep(0.01)
        yield f"http://{processes.LOOPBACK}:{port}"
    finally:
        server.should_exit = True
        await serving


async def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on a page as it is shown now."""
    await page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}, "resultTypes": ["violations"]}
    found: dict[str, Any] = await page.evaluate("options => axe.run(options)", options)
    assert found["passes"], "axe looked at nothing"
    return list(_told(found["violations"]))


def _told(found: list[dict[str, Any]]) -> Iterator[str]:
    for violation in found:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['html']}"


async def focus_walk(page: Page, steps: int) -> list[tuple[str, bool]]:
    """What Tab leads to, one after the other, and whether each can be seen to have the focus."""
    seen = []
    for _ in range(steps):
        await page.keyboard.press("Tab")
        seen.append(
            await page.evaluate(
                """() => {
                const here = document.activeElement, style = getComputedStyle(here);
                const text = (here.innerText || here.id || '').trim();
                const outlined = style.outlineStyle !== 'none' && style.outlineWidth !== '0px'
                    && style.outlineColor !== 'rgba(0, 0, 0, 0)';
                const place = here.getBoundingClientRect();
                return [text, (outlined || style.boxShadow !== 'none') && place.top >= 0 && place.height > 0];
                }"""
            )
        )
    return [(text, bool(shown)) for text, shown in seen]


async def is_wider_than_the_window(page: Page) -> bool:
    """Whether somebody has to scroll sideways."""
    width: bool = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return width


async def screenshot(page: Page, folder: Path | None, name: str) -> None:
    """Keep a picture, when somebody wants to look at it."""
    if folder is not None:
        await page.screenshot(path=folder / f"{name}.png", full_page=True)
