"""What a service tells of its state, besides its requests: numbers that its database and its broker know.

`work` asks every half minute and shows them at /metrics. Several replicas show the same; a dashboard takes the largest.
A number that could not be asked for is not shown at all: an old one would look like a fact.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import nan

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chassis.bus import Bus, NatsError, stream_of
from chassis.db import Database
from chassis.subscriptions import Subscription
from chassis.trying import end_if_asked
from contracts.registry import PUBLISHER

log = structlog.get_logger(__name__)

MEASURE_SECONDS = 30.0


@dataclass(frozen=True)
class Measure:
    """A gauge and the query that fills it: a column for each label, and the value last."""

    name: str
    says: str
    query: str
    labels: tuple[str, ...] = ()


COMMON = (
    Measure(
        "ncce_outbox_oldest_seconds",
        "Age of the oldest event that the broker has not stored yet",
        # What is told again is old by nature.
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0) FROM outbox "
        "WHERE published_at IS NULL AND republished = 0",
    ),
    Measure(
        "ncce_dead_letters_waiting",
        "Events that a consumer gave up on and nobody has looked after",
        "SELECT consumer, count(*) FROM dead_letter WHERE resolved_at IS NULL GROUP BY consumer",
        ("consumer",),
    ),
    Measure(
        "ncce_audit_unchained_seconds",
        "Age of the oldest entry of the audit trail that is not in its chain yet",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0) FROM audit_entry "
        "WHERE position > (SELECT coalesce(max(position), 0) FROM audit_link)",
    ),
)

FAILED = Counter("ncce_measures_failed_total", "Numbers that could not be asked for", ["measure"])


@cache
def _gauge(measure: Measure) -> Gauge:
    # Once in a process, however often the application is built there.
    return Gauge(measure.name, measure.says, measure.labels)


class Measures:
    """The gauges of a service."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self._gauges = {one: _gauge(one) for one in measures}

    async def take(self, database: Database) -> None:
        """Ask the database for each number."""
        for measure, gauge in self._gauges.items():
            gauge.clear() if measure.labels else gauge.set(nan)
            try:
                async with database.reads.connect() as connection:
                    rows = (await connection.execute(text(measure.query))).all()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                FAILED.labels(measure.name).inc()
                log.warning("measure.failed", measure=measure.name, error=type(error).__name__)
                continue
            for *labels, value in rows:
                (gauge.labels(*map(str, labels)) if labels else gauge).set(float(value))


PENDING = Gauge("ncce_consumer_pending", "Events in the stream that a consumer has not been given yet", ["consumer"])
GAVE_UP = Gauge("ncce_broker_servers_that_gave_up", "Servers of the broker that take nothing more since a write failed")
UNACKNOWLEDGED = Gauge("ncce_consumer_unacknowledged", "Events given to a consumer and not settled", ["consumer"])


async def keep_measuring(database: Database, measures: Measures) -> None:
    """Take the numbers again and again, until cancelled."""
    while True:
        await measures.take(database)
        await asyncio.sleep(MEASURE_SECONDS)


async def keep_measuring_lag(bus: Bus, subscriptions: Sequence[Subscription]) -> None:
    """Ask the broker how far behind each consumer is, until cancelled; one that is away is asked again later."""
    while True:
        end_if_asked()
        for one in subscriptions:
            await measure_lag(bus, one)
        await measure_broker(bus)
        await asyncio.sleep(MEASURE_SECONDS)


async def measure_broker(bus: Bus) -> None:
    """Ask each server of the broker whether it still takes messages."""
    try:
        GAVE_UP.set(await bus.servers_that_gave_up())
    except OSError:
        GAVE_UP.set(nan)


async def measure_lag(bus: Bus, subscription: Subscription) -> None:
    """Ask the broker how far behind one consumer is."""
    try:
        info = await bus.jetstream.consumer_info(stream_of(PUBLISHER[subscription.event]), subscription.durable)
    except (NatsError, TimeoutError):
        for gauge in (PENDING, UNACKNOWLEDGED):
            gauge.remove(subscription.durable)
        return
    PENDING.labels(subscription.durable).set(info.num_pending or 0)
    UNACKNOWLEDGED.labels(subscription.durable).set(info.num_ack_pending or 0)
