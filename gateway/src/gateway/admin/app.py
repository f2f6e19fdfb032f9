"""Health, metrics, routes, replicas and reloading. Bound to this machine; it asks nobody who they are."""

from collections.abc import Callable

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from gateway.control.routing_file import RoutingWrong
from gateway.front import Gateway


class RouteOut(BaseModel):
    """A prefix, and the service that answers it."""

    prefix: str
    service: str


class ReplicaOut(BaseModel):
    """One origin of a service."""

    origin: str
    in_flight: int
    idle_connections: int
    is_open: bool
    """Whether the circuit is open: nothing but a probe is sent there."""


class ServiceOut(BaseModel):
    """A service as this process sees it."""

    name: str
    in_flight: int
    limit: int
    shed: int
    connections_opened: int
    replicas: list[ReplicaOut]


class Reloaded(BaseModel):
    """What came of reading the routing file again."""

    status: str
    detail: str = ""


def admin_app(gateway: Gateway, reload: Callable[[], None]) -> FastAPI:
    """The application."""
    app = FastAPI(title="Gateway, for operators", docs_url=None, redoc_url=None)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(gateway.observation.render(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/routes")
    async def routes() -> list[RouteOut]:
        return [RouteOut(prefix=route.prefix, service=route.service) for route in gateway.routes]

    @app.get("/services")
    async def services() -> list[ServiceOut]:
        return [ServiceOut.model_validate(one) for one in gateway.describe_services()]

    @app.post("/reload")
    async def reload_routing(response: Response) -> Reloaded:
        try:
            reload()
        except RoutingWrong as error:
            response.status_code = 422
            return Reloaded(status="kept", detail=str(error))
        return Reloaded(status="reloaded")

    return app
