"""A collector of traces: a real server that reads OTLP over HTTP with the protocol's own classes, and keeps it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Status


@dataclass(frozen=True)
class Told:
    """A span, as a collector sees it."""

    process: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: dict[str, str]
    seconds: float
    has_failed: bool


@dataclass
class Collector:
    """Where it is, and what it was told."""

    url: str = ""
    spans: list[Told] = field(default_factory=list)

    def of(self, trace_id: str) -> dict[str, Told]:
        """The spans of a trace by their ids."""
        return {one.span_id: one for one in list(self.spans) if one.trace_id == trace_id}

    def read(self, body: bytes) -> None:
        """Take a batch."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            about = {one.key: one.value.string_value for one in resource.resource.attributes}
            self.spans += [
                Told(
                    about["service.name"],
                    one.name,
                    one.trace_id.hex(),
                    one.span_id.hex(),
                    one.parent_span_id.hex(),
                    {pair.key: pair.value.string_value or str(pair.value.int_value) for pair in one.attributes},
                    (one.end_time_unix_nano - one.start_time_unix_nano) / 1e9,
                    one.status.code == Status.STATUS_CODE_ERROR,
                )
                for scope in resource.scope_spans
                for one in scope.spans
            ]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector, until the block ends."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.path == "/v1/traces"
            collector.read(gzip.decompress(body) if self.headers["content-encoding"] == "gzip" else body)
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_port}"
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield collector
        server.shutdown()
        serving.join()
