"""The gateway with a certificate of its own, before services that have theirs."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from builders import GATEWAY_KEY
from certificates import Authority, Issued
from chassis.tls import Certificate, trusting
from gateway.app import create_app
from gateway.processes import certificate_of
from gateway.settings import Settings

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


@asynccontextmanager
async def a_service(files: Issued) -> AsyncIterator[tuple[str, asyncio.Queue[bytes]]]:
    """Its https origin, and the heads of what it is asked."""
    asked: asyncio.Queue[bytes] = asyncio.Queue()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked.put(await reader.readuntil(b"\r\n\r\n"))
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    context = Certificate(files.certificate, files.key).context()
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


def settings_with(origin: str, **more: Path) -> Settings:
    return Settings.model_validate(
        {
            "principal_key": json.dumps(GATEWAY_KEY),
            **{f"{name}_url": origin for name in ("identity", "hubs", "certification", "funding")},
            "drain_notice_seconds": 0.001,
            **more,
        }
    )


@asynccontextmanager
async def a_gateway(files: Issued, origin: str, believed: Path) -> AsyncIterator[str]:
    """Where it is, as https."""
    settings = settings_with(origin, tls_certificate=files.certificate, tls_key=files.key, services_ca_file=believed)
    certificate = certificate_of(settings)
    assert certificate is not None
    gateway = create_app(settings)
    listener = socket.create_server(("127.0.0.1", 0))
    await gateway.listen([listener], certificate.context())
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await gateway.stop()


def a_client_that_believes(authority: Authority) -> httpx.AsyncClient:
    context = trusting(authority.certificate)
    assert context is not None
    return httpx.AsyncClient(verify=context)


async def test_a_request_is_encrypted_to_the_gateway_and_on_to_the_service(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with (
        a_service(authority.issue("hubs-serve")) as (origin, asked),
        a_gateway(authority.issue("gateway"), origin, authority.certificate) as url,
        a_client_that_believes(authority) as client,
    ):
        assert (await client.get(f"{url}/v1/courses")).status_code == 200
        head = await asyncio.wait_for(asked.get(), 10)
        assert b"\r\nx-forwarded-proto: https\r\n" in head
        # Whoever speaks no TLS is not understood.
        with pytest.raises(httpx.TransportError):
            await client.get(f"{url.replace('https', 'http')}/v1/courses")


async def test_a_service_certified_by_somebody_else_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    authority, other = Authority(tmp_path), Authority(tmp_path / "other")
    async with (
        a_service(other.issue("hubs-serve")) as (origin, asked),
        a_gateway(authority.issue("gateway"), origin, authority.certificate) as url,
        a_client_that_believes(authority) as client,
    ):
        assert (await client.get(f"{url}/v1/courses")).status_code in {502, 503}
        assert asked.empty()


def test_a_certificate_without_its_key_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a certificate comes with its key"):
        settings_with("https://127.0.0.1:9", tls_certificate=tmp_path / "tls.crt")
