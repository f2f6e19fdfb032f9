"""The public pages in a real browser: what they show, and that everybody can use them."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from playwright.async_api import Browser, BrowserContext, Page

from browser import chromium, focus_walk, is_wider_than_the_window, screenshot, served, violations
from builders import GATEWAY_SIGNER, a_fresh_key, anonymous, staff
from certification.app import SERVICE
from certification.certificates.codes import EXAMPLE
from certification_facts import Log
from chassis.principal import HEADER, sign_principal
from harness import Databases, ServiceHarness, settings_for

PICTURES = Path(os.environ["NCCE_PICTURES"]) if "NCCE_PICTURES" in os.environ else None
"""Where to keep pictures of every page, for somebody to look at."""
MISTYPED = EXAMPLE[:-1] + "0"
WINDOWS = {"desktop": (1280, 800), "phone": (390, 844), "zoomed": (320, 256)}
"""The last is a window of 1280 by 1024 at 400 %."""

SAYS = {
    "form": "Enter it to see",
    "valid": "This certificate is genuine and stands.",
    "revoked": "It must not be relied on.",
    "superseded": "was replaced by a newer one",
    "expired": "has expired",
    "unknown": "No certificate has this code",
    "mistyped": "One character is wrong, or two have changed places",
}


@dataclass(frozen=True)
class Site:
    """Pages of certificates in every standing, and a browser."""

    url: str
    browser: Browser
    paths: dict[str, str]
    replacement: str

    async def context(self, *, runs_scripts: bool = True) -> BrowserContext:
        """A browser's window that says what the gateway says of a visitor."""
        vouched = {HEADER: sign_principal(anonymous(), GATEWAY_SIGNER, "certification", lifetime_seconds=600)}
        return await self.browser.new_context(
            java_script_enabled=runs_scripts,
            extra_http_headers=vouched,
            base_url=self.url,
        )


@pytest.fixture(scope="module")
async def site(databases: Databases) -> AsyncIterator[Site]:
    async with AsyncExitStack() as held:
        url = await databases.of(SERVICE, seeded=True)
        held.push_async_callback(databases.drop, url)
        certification = ServiceHarness(SERVICE, settings_for(SERVICE, url))
        held.push_async_callback(certification.close)
        codes = await certificates(certification)
        paths = {standing: f"/v1/verify/{code}/page" for standing, code in codes.items()}
        paths |= {"form": "/v1/verify", "unknown": f"/v1/verify/{EXAMPLE}/page"}
        paths |= {"mistyped": f"/v1/verify?code={MISTYPED}"}
        replacement = paths.pop("replacement")
        address = await held.enter_async_context(served(certification.app))
        yield Site(address, await held.enter_async_context(chromium()), paths, replacement)


async def certificates(certification: ServiceHarness) -> dict[str, str]:
    """Codes by standing."""
    made = {standing: await Log(certification).register() for standing in ("valid", "superseded", "revoked")}
    codes = {}
    for standing, log in made.items():
        await log.be_awarded()
        named = await log.name_certificate("Adaeze O’Neill-Example", shows_name=True, shares_document=True)
        codes[standing] = str(named["code"])
    codes["replacement"] = str((await made["superseded"].name_certificate("Adaeze Example"))["code"])
    [held] = await made["revoked"].certificates()
    one, other = [await certification.client(staff("administrator")) for _ in range(2)]
    why = {"reason": "Two of the courses were never attended."}
    proposal = await one.post(f"/v1/certificates/{held['id']}/revocations", json=why, headers=a_fresh_key())
    path = f"/v1/certificate-revocations/{proposal.json()['id']}/decision"
    assert (await other.post(path, json={"outcome": "approved"}, headers=a_fresh_key())).status_code == 200
    log = await Log(certification).register()
    with time_machine.travel(datetime(2024, 2, 29, 12, tzinfo=UTC), tick=True):
        await log.be_awarded(valid_for_months=24)
    return {**codes, "expired": str((await log.certificates())[0]["code"])}


async def opened(context: BrowserContext, path: str) -> Page:
    """A page, of which nothing was asked of any other host nor refused by its own policy."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(path)
    assert complaints == []
    assert len(asked) == 1, asked
    return page


@pytest.mark.parametrize("standing", SAYS)
async def test_every_page_is_accessible_and_fits_every_window(site: Site, standing: str) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths[standing])
        assert SAYS[standing] in await page.inner_text("main")
        assert await page.locator("h1").count() == 1
        for name, (width, height) in WINDOWS.items():
            await page.set_viewport_size({"width": width, "height": height})
            assert not await is_wider_than_the_window(page), name
            await screenshot(page, PICTURES, f"{standing}-{name}")
            if name != "phone":  # laid out as the zoomed one is
                assert await violations(page) == []


async def test_the_skip_link_comes_first_and_whatever_has_the_focus_shows_it(site: Site) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths["superseded"])
        walk = await focus_walk(page, 5)
        assert [text for text, _ in walk] == [
            "Skip to main content",
            "Check a certificate",
            "See the certificate that replaced it",
            "The same for programs (JSON), with the proof from the public log",
            "Check another certificate",
        ]
        assert all(is_shown for _, is_shown in walk)
        page = await opened(context, site.paths["form"])
        assert await focus_walk(page, 4) == [
            ("Skip to main content", True),
            ("Check a certificate", True),
            ("code", True),
            ("Check", True),
        ]
        await page.goto(site.paths["form"])
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"


async def test_somebody_checks_a_certificate_with_the_keyboard_alone_and_without_scripts(site: Site) -> None:
    code = site.paths["valid"].split("/")[3]
    async with await site.context(runs_scripts=False) as context:
        page = await opened(context, site.paths["form"])
        for key in ("Tab", "Tab", "Tab"):
            await page.keyboard.press(key)
        await page.keyboard.type(code.lower().replace("-", " ").replace("0", "o"))
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**{site.paths['valid']}")
        assert SAYS["valid"] in await page.inner_text("main")
        assert "Adaeze O’Neill-Example" in await page.inner_text("main")
        assert (await page.title()).startswith("Valid: ")


async def test_a_mistyped_code_stays_in_the_form_with_what_is_wrong_about_it(site: Site) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths["mistyped"])
        assert (await page.title()).startswith("Error: The code is mistyped")
        field = page.get_by_label("Verification code")
        assert await field.input_value() == MISTYPED
        assert await field.get_attribute("aria-invalid") == "true"
        described = (await field.get_attribute("aria-describedby") or "").split()
        assert "One character is wrong" in await page.inner_text(f"#{described[1]}")
        await page.get_by_role("link", name="The code is mistyped").click()
        assert await page.evaluate("document.activeElement.id") == "code"


async def test_what_was_replaced_leads_to_what_replaced_it_and_shows_no_name(site: Site) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths["superseded"])
        assert "Adaeze" not in await page.inner_text("body")
        await page.get_by_role("link", name="See the certificate that replaced it").click()
        await page.wait_for_url(f"**{site.replacement}")
        assert SAYS["valid"] in await page.inner_text("main")


async def test_the_qr_code_is_large_enough_to_be_scanned(site: Site) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths["valid"])
        drawn = (
            await page.get_by_role("img", name="QR code that leads to this page").locator("path").last.bounding_box()
        )
        assert drawn is not None
        assert min(drawn["width"], drawn["height"]) > 100


async def test_a_printed_page_has_the_facts_and_nothing_to_click(site: Site, tmp_path: Path) -> None:
    async with await site.context() as context:
        page = await opened(context, site.paths["valid"])
        await page.emulate_media(media="print")
        assert await page.get_by_role("link", name="Check another certificate").is_visible() is False
        assert await page.get_by_text("Verification code").is_visible()
        printed = await page.pdf(format="A4", path=(PICTURES or tmp_path) / "printed.pdf")
        assert printed.count(b"/Type /Page\n") == 1
