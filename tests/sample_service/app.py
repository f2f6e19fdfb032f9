"""The sample's composition root. It goes by the name of hubs, whose events the contracts know."""

from uuid import UUID

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from chassis.service import Progress, Seed, Service, build_app
from contracts.hubs import HubChanged
from sample_service import api
from sample_service.base import Base
from sample_service.handlers import subscriptions
from sample_service.settings import Settings


async def seed_hubs(session: AsyncSession, progress: Progress) -> None:
    """Three hubs, told to whoever listens."""
    for number in range(1, 4):
        hub = UUID(int=number)
        await publish(
            session, HubChanged(hub_id=hub, slug=f"hub-{number}", name=f"Hub {number}", region="North", is_open=True)
        )
        progress(number, 3)


SERVICE = Service(
    name="hubs",
    title="Sample",
    settings=Settings,
    metadata=Base.metadata,
    migrations="sample_service.migrations",
    routers=[api.router],
    subscriptions=subscriptions,
    seeds=[Seed("hubs", seed_hubs)],
)


def create_app(settings: Settings) -> FastAPI:
    """The HTTP application."""
    return build_app(SERVICE, settings)
