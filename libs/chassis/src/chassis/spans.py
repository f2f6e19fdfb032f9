"""Telling a collector of spans, by OTLP over HTTP in batches from a thread; what does not go through is dropped."""

from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from chassis.tracing import Span

EVERY_MS: Final = 1_000
_KINDS: Final = {
    "server": SpanKind.SERVER,
    "producer": SpanKind.PRODUCER,
    "consumer": SpanKind.CONSUMER,
    "client": SpanKind.CLIENT,
    "internal": SpanKind.INTERNAL,
}
_NOTHING: Final = "0" * 16


class OtlpRecorder:
    """Implements `Recorder`. Made after the last fork."""

    def __init__(self, url: str, process: str) -> None:
        self._resource = Resource({"service.name": process, "service.namespace": "ncce"})
        exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces")
        self._processor = BatchSpanProcessor(exporter, schedule_delay_millis=EVERY_MS)

    def record(self, span: Span) -> None:
        """Put it with the others of a second."""
        self._processor.on_end(
            ReadableSpan(
                span.name,
                context=_context(span.context),
                parent=None if span.parent[36:52] == _NOTHING else _context(span.parent),
                resource=self._resource,
                attributes=span.attributes,
                kind=_KINDS[span.kind],
                status=Status(StatusCode.ERROR if span.has_failed else StatusCode.UNSET),
                start_time=span.started_ns,
                end_time=span.ended_ns,
            )
        )

    def close(self) -> None:
        """Tell of what is left."""
        self._processor.shutdown()  # type: ignore[no-untyped-call]  # theirs


def _context(traceparent: str) -> SpanContext:
    return SpanContext(
        int(traceparent[3:35], 16),
        int(traceparent[36:52], 16),
        is_remote=False,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
