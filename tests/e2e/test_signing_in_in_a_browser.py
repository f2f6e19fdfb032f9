"""People register and sign in on the platform's own pages, in a real browser: by mail, password, passkey, elsewhere."""

import email
import email.policy
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from browser import chromium, focus_walk, is_wider_than_the_window, screenshot, violations
from identity.people.demo import PASSWORD
from openid_provider import ADA, openid_provider
from platform_harness import Platform
from real_parts import until

expect.set_options(timeout=120_000)
PICTURES = Path(os.environ["NCCE_PICTURES"]) if "NCCE_PICTURES" in os.environ else None
HERE = ("localhost", "127.0.0.1")
WINDOWS = {"desktop": (1280, 800), "phone": (320, 640)}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


NEWCOMER = "newcomer@example.org"


def mails_to(address: str, platform: Platform) -> list[str]:
    """What the mails to somebody say."""
    found = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in platform.home.mail.glob("new/*")
    ]
    bodies = [one.get_body(("plain",)) for one in found if one["To"] == address]
    return [one.get_content() for one in bodies if one]


@dataclass(frozen=True)
class Visitor:
    """Somebody before a browser with an authenticator in it, and what its console complained of."""

    page: Page
    devtools: CDPSession
    authenticator: str
    complaints: list[str]

    async def open(self, path: str) -> None:
        """Go to a page and wait until its script is there."""
        await self.page.goto(path)
        await self.arrived(path)

    async def arrived(self, path: str) -> None:
        """Wait until the browser is on a page and its script is there."""
        await self.page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(path).path)
        await self.page.locator("body[data-ready]").wait_for()

    async def give_password(self, name: str, password: str = PASSWORD) -> None:
        """Fill the first form in and send it."""
        address = name if "@" in name else f"{name}@demo.example.org"
        await self.page.get_by_label("E-mail address").fill(address)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in", exact=True).click()

    async def sign_out(self) -> None:
        """Leave."""
        await self.page.get_by_role("button", name="Sign out").click()
        await self.arrived("/sign-in")

    async def come_from_elsewhere(self) -> None:
        """Sign in with the provider and come back."""
        await self.page.get_by_role("button", name="Sign in with STEM Learning").click()
        await self.page.get_by_role("button", name=str(ADA["sub"])).first.click()
        await self.page.wait_for_url(lambda url: urlsplit(url).hostname == "localhost")

    async def follow(self, path: str, platform: Platform) -> None:
        """Open the link to this page from the mail that has one, as soon as it is there."""
        links: list[str] = []

        async def has_come() -> bool:
            links.extend(found for text in mails_to(NEWCOMER, platform) for found in re.findall(rf"/{path}#\S+", text))
            return bool(links)

        await until(has_come, seconds=120)
        await self.open(links[0])

    async def passkeys_on_device(self) -> int:
        """How many the authenticator keeps."""
        told = await self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        return len(told["credentials"])

    async def looks_right(self, name: str) -> None:
        """Accessible, and as wide as the window, on a desk and in a hand."""
        for window, (width, height) in WINDOWS.items():
            await self.page.set_viewport_size({"width": width, "height": height})
            assert not await is_wider_than_the_window(self.page), window
            await screenshot(self.page, PICTURES, f"{name}-{window}")
        assert await violations(self.page) == []


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as launched:
        yield launched


@pytest.fixture
async def visitor(browser: Browser, platform: Platform) -> AsyncIterator[Visitor]:
    port = urlsplit(platform.state.base_url).port
    page = await browser.new_page(base_url=f"http://localhost:{port}")
    page.set_default_timeout(120_000)
    await page.route(lambda url: urlsplit(url).hostname not in HERE, lambda route: route.abort())
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    made = await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield Visitor(page, devtools, made["authenticatorId"], complaints)
    await page.close()


async def test_a_passkey_is_made_and_signs_in_alone_and_as_the_second_factor(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.open("/sign-in?next=/account")
    await visitor.looks_right("sign-in")
    await visitor.give_password("school.lead", "not the right words at all")
    await expect(page.get_by_role("alert")).to_contain_text("E-mail address or password is wrong")
    await expect(page.get_by_role("alert")).to_be_focused()
    await visitor.looks_right("sign-in-refused")
    await visitor.give_password("school.lead")
    await visitor.arrived("/account")
    await expect(page.locator("#who")).to_contain_text("school.lead@demo.example.org")

    await page.get_by_label("Name of a new passkey").fill("Test device")
    await page.get_by_role("button", name="Add a passkey").click()
    await expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    assert await page.locator("#codes li").count() == 10
    assert await visitor.passkeys_on_device() == 1
    await visitor.looks_right("account")

    await visitor.sign_out()
    await visitor.open("/account")
    await visitor.arrived("/sign-in")
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await visitor.arrived("/account")
    await expect(page.get_by_text("Passkey “Test device”")).to_be_visible()
    assert await page.evaluate("document.cookie.startsWith('ncce_csrf=') && !document.cookie.includes('session')")

    await visitor.sign_out()
    await visitor.give_password("school.lead")
    await expect(page.get_by_role("heading", name="Prove that it is you")).to_be_focused()
    await visitor.looks_right("second-factor")
    await page.get_by_role("button", name="Use a passkey").click()
    await visitor.arrived("/account")
    await page.get_by_role("button", name=re.compile("Remove Passkey")).click()
    await expect(page.get_by_text("You sign in with your password alone.")).to_be_visible()
    assert visitor.complaints == []


async def test_nobody_is_sent_to_another_site_and_a_device_without_a_passkey_is_told(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.open("/sign-in?next=" + "//evil.example.org/%2F")
    walk = await focus_walk(page, 7)
    assert [text for text, _ in walk] == [
        "Skip to main content", "email", "password", "Sign in", "Forgotten your password?", "Register as a teacher",
        "Sign in with a passkey",
    ]  # fmt: skip
    assert all(is_shown for _, is_shown in walk)
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
    await visitor.give_password("moderator")
    await visitor.arrived("/account")
    assert visitor.complaints == []


async def test_a_new_teacher_comes_in_by_the_pages_and_the_mails_alone(visitor: Visitor, platform: Platform) -> None:
    page = visitor.page
    await visitor.open("/sign-in")
    await page.get_by_role("link", name="Register as a teacher").click()
    await visitor.arrived("/register")
    await page.get_by_label("Your school").fill("no school is called so")
    await page.get_by_role("button", name="Find my school").click()
    await expect(page.get_by_role("status")).to_contain_text("No school is like that")
    await page.get_by_label("Your school").fill("900002")
    await page.get_by_role("button", name="Find my school").click()
    await expect(page.get_by_role("radio", name="(900002)")).to_be_checked()
    await page.get_by_label("Secondary pupils").check()
    await page.get_by_label("Given name").fill("Nia")
    await page.get_by_label("Family name").fill("Newcomer")
    await page.get_by_label("E-mail address").fill(NEWCOMER)
    await page.get_by_label("Password").fill("passwordpassword")
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("alert")).to_be_focused()
    await visitor.looks_right("register-refused")
    await page.get_by_role("link", name="This password is easily guessed").click()
    await expect(page.get_by_label("Password")).to_be_focused()
    await page.get_by_label("Password").fill("kettle violet harbour")
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("heading", name="Look at your mail")).to_be_focused()

    await visitor.follow("confirm-email", platform)
    assert "token" not in page.url, "the token stays in no history"
    await visitor.looks_right("confirm-email")
    await page.get_by_role("button", name="Confirm my address").click()
    await expect(page.get_by_role("heading", name="Your account is ready")).to_be_focused()
    await page.get_by_role("link", name="Sign in").click()
    await visitor.arrived("/sign-in")
    await visitor.give_password(NEWCOMER, "kettle violet harbour")
    await visitor.arrived("/account")
    await expect(page.locator("#who")).to_contain_text("Nia Newcomer")
    await visitor.sign_out()

    await page.get_by_role("link", name="Forgotten your password?").click()
    await visitor.arrived("/forgot-password")
    await page.get_by_label("E-mail address").fill(NEWCOMER)
    await page.get_by_role("button", name="Send me the link").click()
    await expect(page.get_by_role("heading", name="Look at your mail")).to_be_focused()
    await visitor.follow("reset-password", platform)
    await visitor.looks_right("reset-password")
    await page.get_by_label("New password").fill("ladder copper sunrise")
    await page.get_by_role("button", name="Change my password").click()
    await page.get_by_role("link", name="Sign in").click()
    await visitor.arrived("/sign-in")
    await visitor.give_password(NEWCOMER, "ladder copper sunrise")
    await visitor.arrived("/account")

    await visitor.open("/accept-invitation")
    await visitor.looks_right("accept-invitation")
    await page.get_by_role("button", name="Accept").click()
    await expect(page.get_by_role("alert")).to_contain_text("The link is not whole")
    assert visitor.complaints == []


async def test_an_account_elsewhere_is_linked_once_and_signs_in_from_then_on(
    visitor: Visitor, platform: Platform
) -> None:
    page = visitor.page
    issuer = json.loads(platform.setting("IDENTITY_PROVIDERS"))["stem-learning"]["issuer"]
    async with openid_provider(urlsplit(issuer).port):
        await visitor.open("/sign-in?next=/account?here")
        await visitor.come_from_elsewhere()
        await expect(page.locator("#link-wanted")).to_be_visible()
        await visitor.give_password("assessor")
        await visitor.arrived("/account")
        assert page.url.endswith("/account?here")
        await visitor.sign_out()
        await visitor.come_from_elsewhere()
        await visitor.arrived("/account")
        await expect(page.locator("#who")).to_contain_text("assessor@demo.example.org")
    await visitor.sign_out()
    await page.goto("/sign-in/return?code=of-somebody-else&state=x")
    await visitor.arrived("/sign-in")
    await expect(page.get_by_role("alert")).to_contain_text("The sign-in elsewhere did not work")
    assert urlsplit(page.url).query == "", "the code stays in no history"
    assert visitor.complaints == []
