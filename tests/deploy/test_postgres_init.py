"""deploy/postgres-init.sh, run on a real PostgreSQL: four databases, two roles for each, and no way across."""

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


def running_url(server: RunningPostgres, dotenv: dict[str, str], service: str, database: str) -> str:
    return server.url(f"{service}_run", dotenv[f"{service.upper()}_RUNNING_PASSWORD"], database)


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
    running = f"{service}_run"
    owned = url(server, dotenv, service, service)
    assert await migrate.upgrade(owned, f"{service}.migrations", running_role=running) is None
    # A second release grants again, and nothing else.
    assert await migrate.upgrade(owned, f"{service}.migrations", running_role=running)


KEPT = """
    SELECT c.relname AS name, bool_or(t.tgtype & 16 > 0) AS keeps_rows
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname = 'refuse_change' AND t.tgtype & 8 > 0  -- refuses DELETE; 16: and UPDATE
    GROUP BY c.relname
"""
MAY_CHANGE = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped
      AND has_column_privilege($1, attname, 'UPDATE')
"""
LEDGERS = {
    "identity": {"audit_entry", "audit_link"},
    "hubs": {"audit_entry", "audit_link", "completion"},
    "certification": {"audit_entry", "audit_link", "credit_entry", "certificate"},
    "funding": {"audit_entry", "audit_link", "journal_transaction", "posting", "bursary_decision"},
}
"""Some that must be among them, by name: what the triggers say is not only compared with itself."""


@pytest.mark.parametrize("service", SERVICES)
async def test_what_the_processes_run_as_cannot_change_what_is_only_added_to(
    server: RunningPostgres, dotenv: dict[str, str], service: str
) -> None:
    connection = await asyncpg.connect(running_url(server, dotenv, service, service))
    try:
        kept = {row["name"]: row["keeps_rows"] for row in await connection.fetch(KEPT)}
        assert set(kept) >= LEDGERS[service]
        for table, keeps_rows in sorted(kept.items()):
            for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"ALTER TABLE {table} DISABLE TRIGGER ALL"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)
            if keeps_rows:
                assert await connection.fetch(MAY_CHANGE, table) == [], table
    finally:
        await connection.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_what_the_processes_run_as_reads_and_writes_the_rest_and_makes_nothing_new(
    server: RunningPostgres, dotenv: dict[str, str], service: str
) -> None:
    connection = await asyncpg.connect(running_url(server, dotenv, service, service))
    try:
        rights = await connection.fetch(
            "SELECT relname, has_table_privilege(oid, 'SELECT') AS reads, has_table_privilege(oid, 'INSERT') AS adds"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        assert all(row["reads"] for row in rights)
        assert [row["relname"] for row in rights if not row["adds"]] == ["alembic_version"]
        assert await connection.fetchval("SELECT has_table_privilege('inbox', 'UPDATE, DELETE')")
        for statement in (
            "CREATE TABLE proof (id integer)",
            "CREATE FUNCTION proof() RETURNS int RETURN 1",
            "DROP TABLE inbox",
            "ALTER TABLE inbox DISABLE TRIGGER ALL",
            "CREATE ROLE proof",
            "UPDATE alembic_version SET version_num = ''",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("role", "database"), [*permutations(SERVICES, 2), *((service, "postgres") for service in SERVICES)]
)
async def test_no_service_gets_into_another_database(
    server: RunningPostgres, dotenv: dict[str, str], role: str, database: str
) -> None:
    for reach in (url, running_url):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(reach(server, dotenv, role, database))


def test_a_missing_password_stops_the_script_and_is_named(server: RunningPostgres) -> None:
    done = initialise(server, {})
    assert (done.returncode, done.stderr) == (1, "IDENTITY_DATABASE_PASSWORD is not set\n")


def test_passwords_never_appear_among_the_arguments_of_a_process() -> None:
    text = SCRIPT.read_text()
    assert "\\getenv password :variable" in text
    assert "--set=password" not in text


async def test_a_second_login_may_do_what_the_first_may_so_that_no_process_waits_for_a_new_password(
    server: RunningPostgres, dotenv: dict[str, str]
) -> None:
    owner = await asyncpg.connect(url(server, dotenv, "hubs", "hubs"))
    superuser = await asyncpg.connect(server.url("postgres", server.password, "hubs"))
    try:
        await owner.execute("CREATE TABLE counted (id integer)")
        await owner.execute("GRANT CONNECT ON DATABASE hubs TO hubs_run; GRANT SELECT, INSERT ON counted TO hubs_run")
        await superuser.execute("CREATE ROLE hubs_run_b LOGIN PASSWORD 'another' IN ROLE hubs_run")
        first = await asyncpg.connect(running_url(server, dotenv, "hubs", "hubs"))
        second = await asyncpg.connect(server.url("hubs_run_b", "another", "hubs"))
        await superuser.execute("ALTER ROLE hubs_run NOLOGIN")
        for connection in (first, second):  # who is in stays in, and the other comes in
            await connection.execute("INSERT INTO counted VALUES (1)")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("DELETE FROM counted")
            await connection.close()
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            await asyncpg.connect(running_url(server, dotenv, "hubs", "hubs"))
    finally:
        await superuser.execute("ALTER ROLE hubs_run LOGIN; DROP ROLE IF EXISTS hubs_run_b")
        await owner.execute("DROP TABLE counted")
        await superuser.close()
        await owner.close()
