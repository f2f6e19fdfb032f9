"""A gateway with a live identity and a whole sandbox behind it, as `up --sandbox` has them, in this process."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from pydantic import SecretStr
from sqlalchemy import text

from builders import a_fresh_key, a_key, key_set, staff
from chassis import clock
from chassis.service import Service
from contracts.base import Event
from contracts.identity import SandboxResetRequested, TeacherMerged, TeacherRegistered
from gateway.settings import SERVICES
from gateway_harness import RealClock, Running, RunningGateway, build_gateway, run
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE as HUBS
from identity.app import SERVICE as IDENTITY
from identity.organisations.seed import organisation_id
from identity.people.demo import PASSWORD
from identity.people.models import Role
from identity.people.service import grant_role
from identity.webhooks.egress import Egress
from identity.webhooks.sender import send_one
from identity_steps import CHEAP_HASHES, IdentitySteps, registration
from webhook_steps import desk_of

JSON = dict[str, Any]
STEM = organisation_id("stem-learning")
SCOPES = ["completions:write", "changes:read", "webhooks:manage", "sandbox:manage"]


@dataclass
class SandboxPlatform:
    """Where it is, and the services behind it."""

    url: str
    live: ServiceHarness
    identity: ServiceHarness
    hubs: ServiceHarness
    mail: Path
    _carried: int = 0

    async def key(self, organisation: str = "stem-learning", environment: str = "test", *scopes: str) -> JSON:
        """A new key of an organisation, made by an administrator of the live platform."""
        body = {
            "organisation_id": str(organisation_id(organisation)),
            "name": "Trying out",
            "scopes": list(scopes) or SCOPES,
            "environment": environment,
        }
        client = await self.live.client(staff("administrator"), **a_fresh_key())
        made = await client.post("/v1/api-keys", json=body)
        assert made.status_code == 201, made.text
        found: JSON = made.json()
        return found

    async def ask(self, method: str, path: str, key: str, body: object = None, **headers: str) -> tuple[int, JSON]:
        """Status and answer of a request with a key."""
        headers = {"X-API-Key": key, **a_fresh_key()} | headers
        sent = {} if body is None else {"json": body}
        async with (
            aiohttp.ClientSession() as client,
            client.request(method, self.url + path, headers=headers, **sent) as reply,  # type: ignore[arg-type]
        ):
            return reply.status, await reply.json()

    async def add_administrator(self) -> None:
        """The demo's administrator of the live platform, with the demo's password."""
        steps = IdentitySteps(self.live, self.mail)
        person: dict[str, Any] = registration("administrator@demo.example.org") | {"password": PASSWORD}
        await steps.post("/v1/auth/register", person)
        [token] = await steps.tokens_mailed("administrator@demo.example.org")
        await steps.post("/v1/auth/confirm", {"token": token})
        [row] = await steps.query("SELECT person_id AS id FROM account WHERE email = :email", email=person["email"])
        async with self.live.session() as session:
            await grant_role(session, None, row.id, Role.ADMINISTRATOR, None, from_on=clock.today())

    async def revoke(self, key_id: str) -> None:
        """Revoke a key; gateways hear of it in five seconds at most, and here it was never used before."""
        client = await self.live.client(staff("administrator"))
        assert (await client.delete(f"/v1/api-keys/{key_id}")).status_code == 204

    async def expire(self, key_id: str) -> None:
        """Let a key's time be over."""
        over = text("UPDATE api_key SET expires_on = CURRENT_DATE - 2 WHERE id = :id")
        async with self.live.session() as session:
            await session.execute(over, {"id": key_id})

    async def send_webhooks(self) -> None:
        """Send all that is due to addresses in the sandbox."""
        desk = desk_of(self.identity, Egress(has_stand_in=True, total_seconds=0.1))
        while await send_one(desk):
            pass

    async def tell(self, event: Event) -> None:
        """Let the sandbox's identity hear of something."""
        await self.identity.deliver(event)

    async def carry(self) -> None:
        """Bring what the sandbox's identity says to its hubs, as the broker does."""
        for registered in await self.identity.published(TeacherRegistered):
            await self.hubs.deliver(registered)
        for merged in await self.identity.published(TeacherMerged):
            await self.hubs.deliver(merged)
        for number, asked in enumerate(await self.identity.published(SandboxResetRequested), start=1):
            if number > self._carried:
                await self.hubs.deliver(asked, sequence=number)
                self._carried = number


@asynccontextmanager
async def sandbox_platform(databases: Databases, folder: Path) -> AsyncIterator[SandboxPlatform]:
    """Start it; its scenarios are laid out."""

    async def start(service: Service, *, seeded: bool = False, **settings: Any) -> ServiceHarness:
        return ServiceHarness(service, settings_for(service, await databases.of(service, seeded=seeded), **settings))

    key = a_key("sandbox")
    cheap: dict[str, Any] = dict(CHEAP_HASHES)
    own: dict[str, Any] = {"principal_keys": key_set(key), "sandbox": True, "sandbox_clock_file": folder / "clock"}
    live = await start(IDENTITY, maildir=folder / "mail", second_factor_roles=(), **cheap)
    identity = await start(IDENTITY, maildir=folder / "sandbox-mail", **cheap, **own)
    hubs = await start(HUBS, seeded=True, **own)
    await live.seed("organisations")
    await identity.seed("organisations", "sandbox")
    running: list[Running | RunningGateway] = [_served(one) for one in (live, identity, hubs)]
    urls = [one.url for one in running]
    sides: dict[str, Any] = {f"sandbox_{name}_url": urls[2] for name in SERVICES} | {"sandbox_identity_url": urls[1]}
    _, _, gateway = build_gateway(urls[0], clock=RealClock(), sandbox_principal_key=SecretStr(json.dumps(key)), **sides)
    platform = SandboxPlatform(gateway.url, live, identity, hubs, folder / "mail")
    await platform.carry()
    try:
        yield platform
    finally:
        for one in (gateway, *running):
            await one.stop()
        for harness in (live, identity, hubs):
            await harness.close()


def _served(harness: ServiceHarness) -> Running:
    return run(uvicorn.Config(harness.app, log_config=None, access_log=False, lifespan="off", ws="none"))
