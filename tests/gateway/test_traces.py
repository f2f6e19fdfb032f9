"""Which requests a collector is told of, and how the trace goes on from there."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import aiohttp
import pytest

from chassis.tracing import open_recorder
from gateway.traces import Traces
from gateway_harness import Platform
from otlp_receiver import Collector, collecting

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TOLD, UNTOLD = (f"00-{TRACE}-{SPAN}-{flags}" for flags in ("01", "00"))


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


async def passed_on(platform: Platform, collector: Collector, share: float, *requests: dict[str, str]) -> list[str]:
    """The trace contexts with which a service got these requests, once the collector has been told."""
    recorder = open_recorder(collector.url, "gateway")
    platform.gateway.traces = Traces(recorder, share)
    async with aiohttp.ClientSession() as client:
        for headers in requests:
            async with client.get(platform.url + "/v1/hubs/somebody", headers=headers) as reply:
                assert reply.status == 200
                await reply.read()  # a request is told of when its answer has ended
    await asyncio.to_thread(recorder.close)
    return [seen.all("traceparent")[0] for seen in platform.services.seen[-len(requests) :]]


async def test_a_trace_that_begins_here_has_its_first_span_here(platform: Platform, collector: Collector) -> None:
    contexts = await passed_on(platform, collector, 1, {}, {}, {"X-Request-Id": "mine"}, {"X-Request-Id": "mine"})
    assert len({context[3:35] for context in contexts}) == 4
    assert [(f"00-{one.trace_id}-{one.span_id}-01", one.parent_id) for one in collector.spans] == [
        (context, "") for context in contexts
    ]
    assert {one.name for one in collector.spans} == {"GET /v1/hubs"}
    assert collector.spans[0].attributes == {
        "http.request.method": "GET", "http.route": "/v1/hubs", "http.response.status_code": "200",
    }  # fmt: skip


async def test_only_those_who_are_signed_in_decide_that_a_trace_is_told_of(
    platform: Platform, collector: Collector
) -> None:
    signed_in = {"Authorization": f"Bearer {platform.issuer.token()}"}
    contexts = await passed_on(
        platform,
        collector,
        0,
        {"traceparent": TOLD, "tracestate": "vendor=1"},
        {"traceparent": UNTOLD, **signed_in},
        {"traceparent": TOLD, **signed_in},
    )
    assert [context[3:35] for context in contexts] == [TRACE] * 3
    assert [context[-2:] for context in contexts] == ["00", "00", "01"]
    (told,) = collector.spans
    assert (told.trace_id, told.parent_id, told.span_id) == (TRACE, SPAN, contexts[2][36:52])


def test_without_a_collector_nothing_is_loaded_for_one() -> None:
    look = (
        "import sys, chassis.cli, gateway.processes; print([one for one in sys.modules if 'opentelemetry.sdk' in one])"
    )
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout == "[]\n"
