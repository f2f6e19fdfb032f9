"""Four databases with four owners, and four roles to run as: no service can even connect to another's."""

from collections.abc import Mapping

import asyncpg

from ncce_cli.parts import SERVICES, running_role
from ncce_cli.postgres import RunningPostgres


async def create_databases(
    server: RunningPostgres, passwords: Mapping[str, str], running: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Make what is missing; returns what tells each database from any other there ever was. Can be repeated.

    `passwords` are those of the owners; `running` those of the roles to run as, where they are wanted.
    """
    wanted = {**passwords, **{running_role(service): word for service, word in (running or {}).items()}}
    connection = await asyncpg.connect(server.admin_url)
    try:
        roles = {row["rolname"] for row in await connection.fetch("select rolname from pg_roles")}
        databases = {row["datname"] for row in await connection.fetch("select datname from pg_database")}
        await connection.execute("revoke connect on database postgres, template1 from public")
        for role, password in wanted.items():
            verb = "alter" if role in roles else "create"
            await connection.execute(f"{verb} role {role} login password '{password}'")
        for service in SERVICES:
            if service not in databases:
                await connection.execute(f"create database {service} owner {service}")
            await connection.execute(f"revoke connect, temporary on database {service} from public")
        identities = await connection.fetch(
            "select datname, system_identifier || '/' || database.oid as identity "
            "from pg_database as database, pg_control_system()"
        )
        return {row["datname"]: row["identity"] for row in identities}
    finally:
        await connection.close()
