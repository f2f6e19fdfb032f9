"""A real OpenID provider in a process of its own, and the browser that signs in there."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from ncce_cli import processes

JSON = dict[str, Any]
ADA = {
    "sub": "auth0|5f1c",
    "given_name": "Ada",
    "family_name": "Elsewhere",
    "userEmail": "sam.teacher@example.org",
    "email": "sam.teacher@example.org",
    "email_verified": True,
}
"""Somebody whose provider says that she has an address of somebody else's account here."""


@asynccontextmanager
async def openid_provider(port: int | None = None) -> AsyncIterator[str]:
    """The issuer, on loopback."""
    port = port or processes.free_port()
    # Its own dependencies warn of each other when it starts.
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), "-H", "127.0.0.1"]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, "--require-nonce", "--user-claims", json.dumps(ADA), stdout=quiet, stderr=quiet
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        await _until_it_answers(issuer)
        yield issuer
    finally:
        process.kill()
        await process.wait()


async def _until_it_answers(issuer: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                await client.get(f"{issuer}/.well-known/openid-configuration")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return


async def sign_in_there(authorization_url: str) -> JSON:
    """What the browser comes back with: the query of the page that the provider sends it to."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(authorization_url, data={"sub": ADA["sub"]})
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def set_up(issuer: str, **changes: object) -> str:
    """The setting with STEM Learning at this issuer."""
    own = {"issuer": issuer, "client_id": "ncce", "client_secret": "a secret of the sandbox", **changes}
    return json.dumps({"stem-learning": own})
