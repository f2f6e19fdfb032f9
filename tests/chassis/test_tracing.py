"""What a service's process tells of a request, and what goes along with its events."""

from collections.abc import Iterator

import pytest

from chassis import tracing
from harness import ServiceHarness
from otlp_receiver import Collector, collecting

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that this process tells."""
    with collecting() as collector:
        yield collector
        tracing.tell(None)


def test_what_goes_wrong_is_told_and_what_it_sets_going_has_it_as_parent(collector: Collector) -> None:
    recorder = tracing.open_recorder(collector.url, "sample-work")
    tracing.tell(recorder)
    with pytest.raises(ValueError, match="wrong"), tracing.span("outer", "consumer", PARENT, what=1):  # noqa: PT012
        with tracing.span("inner", "client", tracing.current_traceparent()):
            pass
        raise ValueError("wrong")
    for untold in (None, f"{PARENT[:-2]}00", "nonsense"):
        with tracing.span("nobody", "server", untold) as one:
            assert (one, tracing.current_traceparent()) == (None, untold)
    recorder.close()
    inner, outer = collector.spans
    assert (outer.name, outer.parent_id, outer.attributes) == ("outer", "b7ad6b7169203331", {"what": "1"})
    assert (inner.trace_id, inner.parent_id, outer.process) == (TRACE, outer.span_id, "sample-work")
    assert (inner.has_failed, outer.has_failed) == (False, True)
    assert "wrong" not in str(collector.spans)


async def test_a_request_is_told_of_by_its_route_and_never_by_its_path(
    collector: Collector, sample: ServiceHarness
) -> None:
    recorder = tracing.open_recorder(collector.url, "sample-serve")
    tracing.tell(recorder)
    client = await sample.client(None, traceparent=PARENT)
    await client.get("/nowhere/somebodys-name")
    recorder.close()
    (told,) = collector.spans
    assert (told.name, told.parent_id) == ("GET unmatched", "b7ad6b7169203331")
    assert "somebodys-name" not in str(told)
