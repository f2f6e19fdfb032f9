"""`./ncce verify` over public files, `./ncce witness` over the network, and keys that sign heads and nothing else."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import text
from starlette.types import ASGIApp, Receive, Scope, Send

from browser import served
from builders import GATEWAY_SIGNER, a_fresh_key, a_key, anonymous, key_set, staff
from certification.app import SERVICE
from certification_facts import Log
from chassis.principal import HEADER, sign_principal
from harness import ServiceHarness, settings_for
from ncce_cli.errors import Unproven
from ncce_cli.public_files import checks as command
from published_log import fetch, public_files

JSON = dict[str, Any]


def said(folder: Path) -> list[str]:
    """What the command prints about a folder."""
    printed = io.StringIO()
    command.verify(Console(file=printed, width=200), [folder])
    return printed.getvalue().splitlines()


def kept_in(folder: Path, files: dict[str, JSON | str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


async def awarded(certification: ServiceHarness, count: int) -> list[Log]:
    logs = [await Log(certification).register() for _ in range(count)]
    for log in logs:
        await log.be_awarded()
    return logs


async def badge_files(certification: ServiceHarness, log: Log) -> dict[str, JSON | str]:
    """A badge with its keys and list."""
    [held] = await log.certificates()
    badge = await (await certification.client(log.teacher)).get(f"/v1/certificates/{held['id']}/badge")
    fallen = await (await certification.client(anonymous())).get("/v1/badges/status/0")
    keys = await fetch(certification, "/v1/badges/keys")
    return {"badge.jwt": badge.text, "badge-keys.json": keys, "list.jwt": fallen.text}


async def revoke(certification: ServiceHarness, certificate_id: str) -> None:
    one, other = [await certification.client(staff("administrator")) for _ in range(2)]
    why = {"reason": "Two of the courses were never attended."}
    path = f"/v1/certificates/{certificate_id}/revocations"
    proposal = (await one.post(path, json=why, headers=a_fresh_key())).json()
    path = f"/v1/certificate-revocations/{proposal['id']}/decision"
    assert (await other.post(path, json={"outcome": "approved"}, headers=a_fresh_key())).status_code == 200


async def test_a_folder_of_public_files_shows_all_that_follows_from_them(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    log, other = await awarded(certification, 2)
    [held] = await log.certificates()
    files: dict[str, JSON | str] = {**await public_files(certification, [held["code"]], older=1)}
    told = said(kept_in(tmp_path, {**files, **await badge_files(certification, log)}))
    assert told[:4] == [
        "2 head(s) signed; the newest is of 2 entries.",
        "All 2 entries are those that were signed, in their order.",
        "The log of size 1 is the beginning of that of size 2.",
        "PRIMARY-2026-000001 is in the log; it is valid.",
    ]
    assert "is genuine; it stands by the list of" in told[4]
    bundle = {"bundle": list({**files, **await badge_files(certification, other)}.values())}
    assert len(said(kept_in(tmp_path / "one", {"bundle.json": bundle}))) == 5


async def test_a_badge_alone_is_genuine_and_a_list_tells_that_it_was_revoked(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    [log] = await awarded(certification, 1)
    files = await badge_files(certification, log)
    del files["list.jwt"]
    [told] = said(kept_in(tmp_path / "before", files))
    assert "not told by any status list" in told
    await revoke(certification, (await log.certificates())[0]["id"])
    [told] = said(kept_in(tmp_path / "after", await badge_files(certification, log)))
    assert "was revoked or replaced by the list of" in told


async def test_files_that_do_not_fit_show_nothing(certification: ServiceHarness, tmp_path: Path) -> None:
    log, _ = await awarded(certification, 2)
    [held] = await log.certificates()
    files: dict[str, JSON | str] = {**await public_files(certification, [held["code"]], older=1)}
    files |= await badge_files(certification, log)
    badge = str(files["badge.jwt"])
    forged_entries = json.loads(json.dumps(files["entries-0"]).replace("issued", "revoked", 1))
    forgeries: list[tuple[dict[str, JSON | str], str]] = [
        ({"entries-0": forged_entries}, "not those that were signed"),
        ({"keys": {"keys": json.loads(key_set(a_key("stranger")))["keys"]}}, "signed by no key"),
        ({"badge.jwt": badge[:-8] + ("A" * 8 if badge[-8:] != "A" * 8 else "B" * 8)}, "signature of the badge"),
        ({"badge-keys.json": {"keys": []}}, "signed by no key"),
        ({"proof": {"older": 1, "newer": 7, "path": []}}, "a head is missing"),
        ({"notes.txt": "my notes"}, "none of the files that the platform publishes"),
    ]
    for number, (changes, why) in enumerate(forgeries):
        with pytest.raises(Unproven, match=why):
            said(kept_in(tmp_path / str(number), {**files, **changes}))
    with pytest.raises(Unproven, match="nothing that could be checked"):
        said(kept_in(tmp_path / "keys-only", {"keys": files["keys"]}))


class Vouching:
    """What the gateway does for a visitor: it says that nobody is signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._statement = sign_principal(anonymous(), GATEWAY_SIGNER, "certification", lifetime_seconds=600)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [*scope["headers"], (HEADER.lower().encode(), self._statement.encode())]
        await self._app({**scope, "headers": headers}, receive, send)


async def witnessed(certification: ServiceHarness, folder: Path) -> list[str]:
    printed = io.StringIO()
    async with served(Vouching(certification.app)) as url:
        await asyncio.to_thread(command.witness, Console(file=printed, width=200), url, folder, with_entries=True)
    return printed.getvalue().splitlines()


async def test_a_witness_keeps_heads_that_continue_and_refuses_a_log_begun_anew(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    folder = tmp_path / "heads"
    assert await witnessed(certification, folder) == ["The log has no entry yet."]
    await awarded(certification, 2)
    assert (await witnessed(certification, folder))[-1].startswith("Kept the head of size 2")
    await awarded(certification, 3)
    assert (await witnessed(certification, folder))[0] == "The log of size 2 is the beginning of that of size 5."
    assert said(folder)[-1] == "The log of size 2 is the beginning of that of size 5."
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        for table in ("issuance_entry", "issuance_node", "issuance_head", "certificate_registration"):
            await session.execute(text(f"DELETE FROM {table}"))
    with pytest.raises(Unproven, match="is empty now"):
        await witnessed(certification, folder)
    await certification.seed("registers")
    with pytest.raises(Unproven, match="is not shown to be the beginning"):
        await witnessed(certification, folder)


async def test_heads_have_keys_of_their_own_and_a_retired_one_signs_no_further(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    url = certification.settings.database_url.get_secret_value()
    old, new = a_key("heads-2026"), a_key("heads-2027")
    await awarded(certification, 1)
    for keys, count in (([old], 2), ([new, old], 3)):
        later = ServiceHarness(SERVICE, settings_for(SERVICE, url, head_keys=key_set(*keys, private=True)))
        await awarded(later, 1)
        told = (await fetch(later, "/v1/transparency/keys"))["keys"]
        files = await public_files(later, [], older=1)
        assert said(kept_in(tmp_path / str(count), {**files}))[1].startswith(f"All {count} entries")
        await later.close()
    assert [(key["kid"], key["signs_up_to"]) for key in told] == [
        ("heads-2027", None),
        ("heads-2026", 2),
        ("certificate", 1),
    ]
    narrowed = {"keys": [told[0], {**told[1], "signs_up_to": 1}, told[2]]}
    middle = await fetch(certification, "/v1/transparency/heads/2")
    with pytest.raises(Unproven, match="retired at size 1"):
        said(kept_in(tmp_path / "narrowed", {"keys": narrowed, "head": middle}))
