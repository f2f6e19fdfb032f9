"""TLS inside: renewed certificates are seen, strangers' are refused, and what a database URL says of it is heeded."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from certificates import Authority
from chassis.db import Database, driver_url, tls_arguments
from chassis.tls import Certificate, trusting
from harness import Databases, settings_for
from ncce_cli.broker import RunningBroker
from ncce_cli.postgres import RunningPostgres
from real_parts import sample_processes, until
from sample_service.app import SERVICE

TLS_AND_MORE = "postgresql://u:p@db/x?sslmode=verify-full&sslrootcert=/ca.crt&application_name=y"


async def _hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def serving(context: ssl.SSLContext) -> AsyncIterator[int]:
    server = await asyncio.start_server(_hang_up, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def serial_at(port: int, believed: ssl.SSLContext | None) -> str:
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=believed)
    shown = writer.get_extra_info("ssl_object").getpeercert()
    writer.close()
    return str(shown["serialNumber"])


async def test_new_connections_see_a_certificate_that_was_renewed(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    files = authority.issue("service")
    certificate = Certificate(files.certificate, files.key)
    context = certificate.context()
    async with serving(context) as port:
        first = await serial_at(port, trusting(authority.certificate))
        assert not certificate.renew(context)
        files.certificate.unlink()  # as a secret that is mounted is replaced: by another file
        authority.issue("service")
        assert certificate.renew(context)
        assert await serial_at(port, trusting(authority.certificate)) != first


async def test_half_a_renewal_leaves_the_old_certificate_in_use(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    files = authority.issue("service")
    certificate = Certificate(files.certificate, files.key)
    context = certificate.context()
    async with serving(context) as port:
        first = await serial_at(port, trusting(authority.certificate))
        key = files.key.read_bytes()
        authority.issue("service")
        files.key.write_bytes(key)
        with pytest.raises(ssl.SSLError):
            certificate.renew(context)
        assert await serial_at(port, trusting(authority.certificate)) == first


async def test_another_authoritys_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    issued, other = Authority(tmp_path).issue("service"), Authority(tmp_path / "other")
    async with serving(Certificate(issued.certificate, issued.key).context()) as port:
        with pytest.raises(ssl.SSLCertVerificationError):
            await serial_at(port, trusting(other.certificate))


def test_what_a_url_says_of_tls_goes_to_the_driver_in_its_own_words() -> None:
    assert driver_url(TLS_AND_MORE).query == {"application_name": "y"}
    assert tls_arguments(TLS_AND_MORE) == {"dsn": "postgresql://?sslmode=verify-full&sslrootcert=%2Fca.crt"}
    assert tls_arguments("postgresql://u:p@db/x") == {}


async def test_a_database_that_is_not_who_it_should_be_is_refused(
    databases: Databases, postgres: RunningPostgres, tmp_path: Path
) -> None:
    """The test's server has no TLS: a URL that wants it is heeded before anything is said."""
    authority = Authority(tmp_path)
    url = await databases.empty()
    words = f"?sslmode=verify-full&sslrootcert={authority.certificate}"
    strict = Database(settings_for(SERVICE, url + words), "strict")
    plain = Database(settings_for(SERVICE, f"{url}?sslmode=disable"), "plain")
    try:
        async with plain.reads.connect() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar() == 1
        with pytest.raises((SQLAlchemyError, OSError, asyncpg.PostgresError)):
            async with strict.reads.connect():
                pass
    finally:
        await strict.close()
        await plain.close()
        await databases.drop(url)


async def test_serve_speaks_https_alone_when_it_has_a_certificate(
    databases: Databases, broker: RunningBroker, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    files = authority.issue("service")
    context = trusting(authority.certificate)
    assert context is not None
    async with sample_processes(databases, broker, tmp_path) as sample, httpx.AsyncClient(verify=context) as client:
        serve = sample.begin("serve", tls_certificate=str(files.certificate), tls_key=str(files.key))
        secure = serve.url.replace("http://", "https://")

        async def answers() -> bool:
            try:
                return (await client.get(f"{secure}/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        await until(answers, 30)
        with pytest.raises(httpx.TransportError):
            await client.get(f"{serve.url}/health/live")
