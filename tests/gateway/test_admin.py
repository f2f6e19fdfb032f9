"""The pages for operators, on their own port."""

import httpx

from gateway.admin.app import admin_app
from gateway.control.routing_file import RoutingWrong
from gateway_harness import Platform


async def test_operators_see_services_routes_and_metrics_and_reload(platform: Platform) -> None:
    wrong = False

    def reload() -> None:
        if wrong:
            raise RoutingWrong("routing.json: a prefix is there twice")

    transport = httpx.ASGITransport(app=admin_app(platform.gateway, reload))
    async with httpx.AsyncClient(transport=transport, base_url="http://admin") as client:
        assert (await client.get("/health/live")).json() == {"status": "live"}
        services = {one["name"]: one for one in (await client.get("/services")).json()}
        assert services["hubs"]["replicas"][0]["origin"] == platform.services_url
        assert {"prefix": "/v1/hubs", "service": "hubs"} in (await client.get("/routes")).json()
        assert "ncce_request_seconds" in (await client.get("/metrics")).text
        assert (await client.post("/reload")).json()["status"] == "reloaded"
        wrong = True
        kept = await client.post("/reload")
        assert (kept.status_code, kept.json()["status"]) == (422, "kept")
