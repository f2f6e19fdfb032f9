"""What is told of each request: a line in the access log, an observation by route; neither names a path or a person."""

import asyncio
import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from time import time
from typing import Final, TextIO

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.metrics_core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.logs import Log

BUCKETS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
FLUSH_SECONDS: Final = 0.2
FLUSH_LINES: Final = 500

_LINE: Final = (
    '{"method": "%s", "route": "%s", "status": %d, "ms": %.2f, "request_id": "%s", "event": "request", '
    '"service": "gateway", "level": "info", "timestamp": "%s.%06dZ"}\n'
)

log = Log("gateway.front")
Key = tuple[str, str, int]


class RequestMetrics(Collector):
    """The histogram `ncce_request_seconds`, as the services have it; a list of numbers for each of its series."""

    def __init__(self) -> None:
        self._series: dict[Key, list[float]] = {}

    def observe(self, key: Key, seconds: float) -> None:
        """Count one request."""
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = [0.0] * (len(BUCKETS) + 2)
        series[bisect_left(BUCKETS, seconds)] += 1
        series[-1] += seconds

    def collect(self) -> Iterator[Metric]:
        """As Prometheus reads it."""
        family = HistogramMetricFamily(
            "ncce_request_seconds", "Time to answer, by route", labels=["method", "route", "status"]
        )
        for (method, route, status), series in self._series.items():
            total, buckets = 0.0, []
            for bound, number in zip((*map(str, BUCKETS), "+Inf"), series, strict=False):
                total += number
                buckets.append((bound, total))
            family.add_metric([method, route, str(status)], buckets, sum_value=series[-1])
        yield family


class AccessLog:
    """One line for each request. As JSON, written a few times a second, all at once: a line a write costs more than
    the request.
    """

    def __init__(self, *, level: str, style: str, out: TextIO | None = None) -> None:
        self.is_on = level in ("DEBUG", "INFO")
        self._is_json = style == "json"
        self._out = out
        self._lines: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._second = 0
        self._at = ""
        """That second, as it is written."""

    def note(self, key: Key, seconds: float, request_id: bytes) -> None:
        """Log a request. Every value is of the gateway's own making or was checked, so nothing needs escaping."""
        if not self._is_json:
            method, route, status = key
            ms = round(seconds * 1000, 2)
            log.info("request", method=method, route=route, status=status, ms=ms, request_id=request_id.decode())
            return
        now = time()
        if not 0 <= now - self._second < 1:
            self._second = int(now)
            self._at = datetime.fromtimestamp(self._second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self._lines.append(_LINE % (*key, seconds * 1000, request_id.decode(), self._at, (now - self._second) * 1e6))
        if len(self._lines) >= FLUSH_LINES:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what has gathered."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lines:
            out = self._out or sys.stdout
            out.write("".join(self._lines))
            out.flush()
            self._lines.clear()


class Observation:
    """Both, for every request that ends."""

    def __init__(self, *, level: str, style: str) -> None:
        self.requests = RequestMetrics()
        self.log = AccessLog(level=level, style=style)
        self.registry = CollectorRegistry()
        self.registry.register(self.requests)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def render(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self.registry)
