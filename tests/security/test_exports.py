"""A person asks once, and gets one archive of what four services hold, through the gateway."""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from builders import a_teacher
from canary import EMAIL, GIVEN, MARK, TRN, Platform, StartService, a_life
from contracts.base import Event
from contracts.certification import CertificationExportPrepared
from contracts.funding import FundingExportPrepared
from contracts.hubs import HubsExportPrepared
from contracts.identity import PersonExportRequested
from gateway.routes import ROUTES
from gateway_harness import RealClock, Running, RunningGateway, build_gateway, run
from identity.person_exports.service import look_after
from identity.settings import Settings
from identity_steps import PASSWORD

PREPARED: dict[str, type[Event]] = {
    "hubs": HubsExportPrepared,
    "certification": CertificationExportPrepared,
    "funding": FundingExportPrepared,
}
AT_IDENTITY = "/v1/privacy/exports"


@dataclass
class Asking:
    """A person in front of the gateway, with four real services behind it."""

    platform: Platform
    behind: dict[str, Running]
    client: httpx.AsyncClient

    async def sign_in(self) -> None:
        """As a browser or app does."""
        signed = await self.client.post("/v1/auth/login", json={"email": EMAIL, "password": PASSWORD})
        self.client.headers["Authorization"] = f"Bearer {signed.json()['access_token']}"

    async def ask(self) -> dict[str, Any]:
        """Ask for everything."""
        asked = await self.client.post(AT_IDENTITY)
        assert asked.status_code == 202, asked.text
        return dict(asked.json())

    async def hear(self, *names: str) -> None:
        """Services hear of it and answer."""
        event = (await self.platform.identity.harness.published(PersonExportRequested))[-1]
        for name in names:
            await self.platform.services[name].deliver(event)
            answer = (await self.platform.services[name].published(PREPARED[name]))[-1]
            await self.platform.identity.harness.deliver(answer)

    async def archive(self, export: dict[str, Any]) -> zipfile.ZipFile:
        """Download it."""
        found = await self.client.get(export["archive"])
        assert (found.status_code, found.headers["content-type"]) == (200, "application/zip"), found.text
        return zipfile.ZipFile(io.BytesIO(found.content))


@pytest.fixture
async def asking(start_service: StartService, tmp_path: Path) -> AsyncIterator[Asking]:
    platform = await a_life(start_service, tmp_path)
    behind = {
        name: run(uvicorn.Config(one.app, log_config=None, access_log=False, lifespan="off", ws="none"))
        for name, one in platform.services.items()
    }
    urls = {f"{name}_url": one.url for name, one in behind.items()}
    _, _, running = build_gateway(behind["identity"].url, ROUTES, RealClock(), **urls)
    async with httpx.AsyncClient(base_url=running.url, timeout=30) as client:
        asking = Asking(platform, behind, client)
        await asking.sign_in()
        yield asking
    stopping: list[Running | RunningGateway] = [running, *behind.values()]
    for one in stopping:
        await one.stop()


def _index(archive: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(archive.read("index.json")))


async def test_one_archive_tells_what_four_services_hold_and_why(asking: Asking) -> None:
    export = await asking.ask()
    assert export["status"] == "gathering"
    assert (await asking.ask())["id"] == export["id"], "asked twice, it is one export"
    await asking.hear("hubs", "certification")
    partly = _index(await asking.archive(export))
    assert (partly["is_complete"], [one["service"] for one in partly["missing"]]) == (False, ["funding"])
    await asking.hear("funding", "funding")
    archive = await asking.archive(export)
    index = _index(archive)
    assert (index["is_complete"], index["missing"], archive.testzip()) == (True, [], None)
    assert {file["name"]: file["sha256"] for file in index["files"]} == {
        name: hashlib.sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if not name.startswith("index.")
    }
    told = {
        file["service"]: {one["table"]: one for one in file["tables"]} for file in index["files"] if "tables" in file
    }
    assert told.keys() == {"identity", "hubs", "certification", "funding"}
    assert (told["identity"]["teacher_number"]["rows"], told["funding"]["booking"]["rows"]) == (1, 1)
    assert all(one.get("why") for one in (told["certification"]["log_entry"], told["hubs"]["teacher"]))
    identity = json.loads(archive.read("identity.json"))["held"]
    assert (identity["teacher_number"][0]["trn"], identity["person"][0]["given_name"]) == (TRN, GIVEN)
    assert MARK in archive.read("certification.json").decode(), "what the person wrote themselves"
    [file] = [name for name in archive.namelist() if name.startswith("evidence/")]
    assert archive.read(file).startswith(b"%PDF"), "with the files of the log"
    page = archive.read("index.html").decode()
    assert "What we hold about you" in page
    assert "not complete" not in page
    mails = [mail for mail in await asking.platform.identity.mails(EMAIL) if "is ready" in str(mail["Subject"])]
    assert [export["archive"] in str(mail.get_payload()) for mail in mails] == [True]
    shown = (await asking.client.get(f"{AT_IDENTITY}/{export['id']}")).json()
    assert (shown["status"], shown["parts"][0]["counts"]["chartered_application"]) == ("ready", 0)


async def test_only_the_person_gets_it_and_only_for_a_week(asking: Asking) -> None:
    export = await asking.ask()
    await asking.hear("hubs")
    for name, path in (("identity", export["archive"]), ("hubs", f"/v1/me/hubs-export/parts/{export['id']}")):
        stranger = await asking.platform.services[name].client(a_teacher())
        assert (await stranger.get(path)).status_code == 404
    unsigned = await asking.client.get(export["archive"], headers={"Authorization": ""})
    assert unsigned.status_code == 401
    await asking.platform.identity.query("UPDATE person_export SET expires_at = now()")
    late = await asking.client.get(export["archive"])
    assert (late.status_code, late.json()["code"]) == (410, "export-expired")


async def test_a_service_that_is_away_is_asked_again_and_the_archive_names_it(asking: Asking) -> None:
    export = await asking.ask()
    await asking.hear("hubs", "certification", "funding")
    await asking.behind["hubs"].stop()
    index = _index(await asking.archive(export))
    assert [(one["service"], one["why"]) for one in index["missing"]] == [("hubs", "the service did not answer")]
    identity = asking.platform.identity
    await identity.query("UPDATE person_export_part SET made_at = NULL WHERE service = 'funding'")
    await identity.query("UPDATE person_export_part SET asked_at = asked_at - interval '1 hour'")
    await identity.query(
        "UPDATE person_export SET status = 'gathering', requested_at = requested_at - interval '2 days'"
    )
    settings = identity.harness.settings
    assert isinstance(settings, Settings)
    for expected in (1, 0):
        async with identity.harness.session() as session:
            assert await look_after(session, settings) == expected
    assert len(await identity.harness.published(PersonExportRequested)) == 2
