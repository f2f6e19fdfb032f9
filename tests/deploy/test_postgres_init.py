"""deploy/postgres-init.sh, run on a real PostgreSQL: four databases, four owners, and no way across."""

import os
import subprocess
from collections.abc import Iterator
from itertools import permutations

import asyncpg
import pytest

from chassis import migrate
from composition import ROOT, SERVICES
from ncce_cli.postgres import Postgres, RunningPostgres
from ncce_cli.postgres_programs import find_programs

SCRIPT = ROOT / "deploy" / "postgres-init.sh"


def initialise(server: RunningPostgres, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run the script as the image's entrypoint does, but over TCP."""
    environment = {
        "PATH": f"{find_programs()}{os.pathsep}/usr/bin:/bin",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.port),
        "PGPASSWORD": server.password,
        "LC_ALL": "C",
        **variables,
    }
    return subprocess.run([SCRIPT], env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, dotenv: dict[str, str]) -> Iterator[RunningPostgres]:
    """A server of its own: the script's roles belong to the whole cluster."""
    running = Postgres(tmp_path_factory.mktemp("compose-postgres"), durable=False).start()
    try:
        done = initialise(running, dotenv)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
        yield running
    finally:
        running.stop()


def url(server: RunningPostgres, dotenv: dict[str, str], role: str, database: str) -> str:
    return server.url(role, dotenv[f"{role.upper()}_DATABASE_PASSWORD"], database)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_owns_its_database(server: RunningPostgres, dotenv: dict[str, str], service: str) -> None:
    connection = await asyncpg.connect(url(server, dotenv, service, service))
    try:
        await connection.execute("CREATE TABLE proof (id integer); DROP TABLE proof; CREATE EXTENSION citext")
        rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = $1"
        assert await connection.fetchval(rights, service) is False
    finally:
        await connection.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_migrates_its_database_with_the_rights_it_has(
    server: RunningPostgres, dotenv: dict[str, str], service: str
) -> None:
    assert await migrate.upgrade(url(server, dotenv, service, service), f"{service}.migrations") is None


@pytest.mark.parametrize(
    ("role", "database"), [*permutations(SERVICES, 2), *((service, "postgres") for service in SERVICES)]
)
async def test_no_service_gets_into_another_database(
    server: RunningPostgres, dotenv: dict[str, str], role: str, database: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(url(server, dotenv, role, database))


def test_a_missing_password_stops_the_script_and_is_named(server: RunningPostgres) -> None:
    done = initialise(server, {})
    assert (done.returncode, done.stderr) == (1, "IDENTITY_DATABASE_PASSWORD is not set\n")


def test_passwords_never_appear_among_the_arguments_of_a_process() -> None:
    text = SCRIPT.read_text()
    assert "\\getenv password :variable" in text
    assert "--set=password" not in text
