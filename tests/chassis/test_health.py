"""What a process says of itself to whoever runs it."""

from prometheus_client.parser import text_string_to_metric_families

from builders import a_teacher
from chassis.telemetry import frames_of
from conftest import StartService
from harness import ServiceHarness
from sample_service.app import SERVICE


async def test_ready_does_not_ask_the_broker(start_service: StartService) -> None:
    sample = await start_service(SERVICE, nats_url="nats://127.0.0.1:1")
    client = await sample.client(None)
    assert (await client.get("/health/ready")).json() == {"status": "ready", "failing": []}


async def test_live_and_startup_ask_nobody(sample: ServiceHarness) -> None:
    client = await sample.client(None)
    assert (await client.get("/health/live")).json() == {"status": "live"}
    assert (await client.get("/health/startup")).json() == {"status": "started"}


async def test_a_draining_process_is_not_ready_and_goes_on_answering(sample: ServiceHarness) -> None:
    sample.app.state.draining = True
    client = await sample.client(a_teacher())
    assert (await client.get("/health/ready")).json()["failing"] == ["draining"]
    assert (await client.get("/v1/memberships")).status_code == 200


async def test_requests_are_measured_by_route_and_not_by_path(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    await client.put("/v1/memberships/0190c0de-0000-7000-8000-000000000000", json={})
    text = (await client.get("/metrics")).text
    routes = {
        one.labels.get("route")
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if family.name == "ncce_request_seconds"
    }
    assert "/v1/memberships/{membership_id}" in routes
    assert not any("0190c0de" in str(route) for route in routes)


async def test_a_request_id_is_kept_if_it_is_one_and_made_if_it_is_not(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    kept = await client.get("/v1/public", headers={"X-Request-ID": "abc-1"})
    made = await client.get("/v1/public", headers={"X-Request-ID": "a b\tc"})
    assert kept.headers["x-request-id"] == "abc-1"
    assert len(made.headers["x-request-id"]) == 36


def test_a_logged_error_shows_types_and_places_and_no_words() -> None:
    try:
        try:
            raise ExceptionGroup("ada@example.org", [KeyError("ada@example.org")])
        except ExceptionGroup as group:
            raise LookupError("ada@example.org") from group
    except LookupError as error:
        shown = frames_of((type(error), error, error.__traceback__))
    assert shown.startswith("LookupError\n")
    assert "because of ExceptionGroup" in shown
    assert "KeyError" in shown
    assert "test_health.py" in shown
    assert "example.org" not in shown.replace('raise LookupError("ada@example.org")', "").replace(
        'raise ExceptionGroup("ada@example.org", [KeyError("ada@example.org")])', ""
    )
