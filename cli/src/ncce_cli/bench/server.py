"""The hubs service with three routes beside its own: nothing at all, the raw driver reading, the raw driver writing.

They run in the same process, behind the same middleware and the same caller check, so that a ratio between them and a
route of the service measures what the chassis costs and nothing else.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Annotated

import asyncpg
import uvicorn
from fastapi import FastAPI, Request
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.access import PUBLIC, allow
from chassis.db import Session, service_metadata
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.service import build_app
from contracts.hubs import HubChanged
from hubs.app import SERVICE
from hubs.schools.queries import DESCRIBED
from hubs.settings import Settings

Anyone = Annotated[Principal, allow(PUBLIC)]

router = ServiceRouter(prefix="/bench")

URN = "900001"
DIALECT = create_async_engine("postgresql+asyncpg://").dialect
READ = str(DESCRIBED.params(urn=URN).compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))
"""The statement that the service sends for `/v1/schools/{urn}`, with its values written out."""
NUMBER = """
    INSERT INTO outbox_sequence (aggregate, sequence) VALUES ($1, 1)
    ON CONFLICT (aggregate) DO UPDATE SET sequence = outbox_sequence.sequence + 1 RETURNING sequence
"""
WRITE_EVENT = """
    INSERT INTO outbox (event_id, subject, type, aggregate, sequence, data) VALUES ($1, $2, $3, $4, $5, $6)
"""


class Base(DeclarativeBase):
    """The scratch table of the write benchmark."""

    metadata = service_metadata()


class BenchNote(Base):
    """A row that means nothing."""

    __tablename__ = "bench_note"

    id: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]


@router.get("/hello")
async def hello(caller: Anyone) -> dict[str, str]:
    """Nothing at all."""
    return {"hello": "world"}


@router.get("/raw")
async def raw_read(request: Request, caller: Anyone) -> dict[str, object]:
    """The same row by the driver alone."""
    async with request.app.state.pool.acquire() as connection:
        return dict(await connection.fetchrow(READ))


def _event() -> HubChanged:
    return HubChanged(hub_id=new_id(), slug="bench", name="Bench", region="Bench", is_open=True)


@router.post("/raw")
async def raw_write(request: Request, caller: Anyone) -> dict[str, str]:
    """A row and its event by the driver alone, in the same three statements."""
    event, key = _event(), str(new_id())
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await connection.execute("INSERT INTO bench_note (id, words) VALUES ($1, $2)", key, "some words")
        number = await connection.fetchval(NUMBER, event.aggregate_id)
        await connection.execute(
            WRITE_EVENT, new_id(), event.subject, event.type(), event.aggregate_id, number, event.model_dump_json()
        )
    # The relay of this process carries these events too, as soon as those of the other route.
    request.app.state.database.outbox_written.set()
    return {"id": key}


@router.post("/write")
async def write(session: Session, caller: Anyone) -> dict[str, str]:
    """A row and its event as a service writes them."""
    key = str(new_id())
    await session.execute(insert(BenchNote).values(id=key, words="some words"))
    await publish(session, _event())
    return {"id": key}


def create_app(settings: Settings) -> FastAPI:
    """The hubs application with the routes above."""
    app = build_app(replace(SERVICE, routers=[*SERVICE.routers, router]), settings)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        async with inner(app), asyncpg.create_pool(url, min_size=10, max_size=10) as pool:
            await pool.execute("CREATE TABLE IF NOT EXISTS bench_note (id text PRIMARY KEY, words text NOT NULL)")
            app.state.pool = pool
            yield

    app.router.lifespan_context = lifespan
    return app


def main() -> None:
    """Serve on the port that the settings name."""
    settings = Settings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
