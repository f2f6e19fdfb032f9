"""Signed heads of audit trails, and what happens when a service and a holder of its heads do not say the same.

A service signs each head with a key that signs nothing else. The others keep head, signature and public key, check them
as they come, and tell from time to time what they hold, so that the service compares it with its chain. A disagreement
is kept by whoever finds it, told to everybody, counted in a metric, and mailed to auditors by identity. It is never
taken back: an auditor has to say what happened (`chassis.audit_disputes`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from prometheus_client import Gauge
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit_chain, audit_disputes
from chassis.db import Database
from chassis.head_keys import HeadSignature, is_of, said
from chassis.outbox import publish
from chassis.principal import Principal
from chassis.subscriptions import Delivery, Subscriptions
from chassis.tables import audit_dispute, audit_witness
from contracts.base import AuditChained, AuditWitnessed, Clearance, Dispute, HeldHead

log = structlog.get_logger(__name__)

TELL_SECONDS = 3600.0
NEWEST, SAMPLED = 20, 20
"""Of the heads held of one service: the newest, and some of all others, so that every place is asked for in time."""
DISPUTES = Gauge("ncce_audit_disputes", "Places at which an audit trail and a held head differ, unexplained")

Warn = Callable[[AsyncSession, Sequence[Dispute]], Awaitable[None]]


def _signature_of(event: AuditChained) -> HeadSignature | None:
    if not event.signature:
        return None
    assert event.key_id is not None, "a signature comes with the name of its key"
    assert event.public_key is not None, "a signature comes with its key"
    return HeadSignature(event.key_id, event.public_key, event.signature)


class Witness:
    """What a service keeps and tells of the others' audit trails."""

    def __init__(self, service: str, own: type[AuditWitnessed], warn: Warn | None = None) -> None:
        self.service = service
        self._own = own
        self._warn = warn

    def listen(self, subscriptions: Subscriptions, *heard: type[AuditChained] | type[AuditWitnessed]) -> None:
        """Keep the heads that others tell, and compare with one's own what they hold of it."""
        for event in heard:
            name = event.subject.partition("_")[0]
            is_echo = issubclass(event, AuditWitnessed)

            async def handle(session: AsyncSession, event: AuditChained | AuditWitnessed, delivery: Delivery) -> None:
                if isinstance(event, AuditWitnessed):
                    await self._compare(session, event)
                else:
                    await self._keep(session, event)

            handle.__name__ = f"compare_audit_held_by_{name}" if is_echo else f"witness_audit_of_{name}"
            subscriptions.on(event)(handle)

    async def _keep(self, session: AsyncSession, event: AuditChained) -> None:
        made = _signature_of(event)
        wrong = await self._wrong_with(session, event, made)
        names = ("service", "number", "head", "sealed_at", "key_id", "public_key", "signature")
        row = {name: getattr(event, name) for name in names}
        await session.execute(insert(audit_witness).values(row).on_conflict_do_nothing())
        if wrong:
            found = Dispute(service=event.service, number=event.number, holder=self.service, what=wrong)
            await self.dispute(session, [found])

    async def _wrong_with(self, session: AsyncSession, event: AuditChained, made: HeadSignature | None) -> str:
        kept = audit_witness.c
        of_service = select(kept.head).where(kept.service == event.service)
        held = await session.scalar(of_service.where(kept.number == event.number))
        if held is not None and held != event.head:
            return "it told another hash of this link before"
        if made is None:
            signed = await session.scalar(of_service.where(kept.signature.is_not(None)).limit(1))
            return "its heads were signed, and this one is not" if signed else ""
        if not is_of(made, said(event.service, event.number, event.head, event.sealed_at)):
            return "the signature is not of this head"
        known = select(kept.public_key).where(kept.service == event.service, kept.key_id == made.key_id)
        public = await session.scalar(known.limit(1))
        return "" if public in (None, made.public_key) else "another key has the name of a known one"

    async def _compare(self, session: AsyncSession, event: AuditWitnessed) -> None:
        teller = type(event).subject.partition("_")[0]
        for one in event.clearances:
            if one.service != teller:
                await audit_disputes.keep(session, one, teller)
        found = list(event.disputes)
        if event.of == self.service:
            for wrong in await audit_chain.compare(session, [(held.number, held.head) for held in event.heads]):
                number = wrong.number or 0
                found.append(Dispute(service=self.service, number=number, holder=event.service, what=wrong.what))
        await self.dispute(session, found, heard_from=event.service)

    async def dispute(self, session: AsyncSession, found: Sequence[Dispute], heard_from: str = "") -> int:
        """Keep what was not known, and tell of it; how much that was."""
        new = []
        for one in found:
            row = insert(audit_dispute).values(one.model_dump()).on_conflict_do_nothing()
            if await session.scalar(row.returning(audit_dispute.c.number)) is not None:
                new.append(one)
        if not new:
            return 0
        await self._alert(session, new)
        # What was heard has been told already, by whoever found it.
        if not heard_from or any(one.service == self.service for one in new):
            await publish(session, self._own(service=self.service, of=new[0].service, disputes=tuple(new)))
        return len(new)

    async def _alert(self, session: AsyncSession, new: Sequence[Dispute]) -> None:
        said = [await session.scalar(select(audit_disputes.cleared(one.service, one.number))) for one in new]
        loud = [one for one, explained in zip(new, said, strict=True) if not explained]
        for one in loud:
            log.error("audit.disputed", alert=True, **one.model_dump())
        DISPUTES.inc(len(loud))
        if loud and self._warn is not None:
            await self._warn(session, loud)

    async def clear(self, session: AsyncSession, caller: Principal, wish: audit_disputes.Explanation) -> Clearance:
        """Keep what an auditor says of disputed links, and tell the others that it was said."""
        made = await audit_disputes.clear(session, caller, self.service, wish)
        await publish(session, self._own(service=self.service, of=wish.of, clearances=(made,)))
        return made

    async def tell_held(self, session: AsyncSession) -> int:
        """Tell what is held of the others; of how many."""
        kept = audit_witness.c
        services = (await session.scalars(select(kept.service).distinct())).all()
        for of in services:
            query = select(kept.number, kept.head).where(kept.service == of)
            newest = (await session.execute(query.order_by(kept.number.desc()).limit(NEWEST))).all()
            others = query.where(kept.number < newest[-1].number).order_by(func.random()).limit(SAMPLED)
            rows = [*newest, *(await session.execute(others)).all()]
            heads = tuple(HeldHead(number=row.number, head=row.head) for row in rows)
            await publish(session, self._own(service=self.service, of=of, heads=heads))
        return len(services)

    async def keep_telling(self, database: Database) -> None:
        """Tell now and then what is held, until cancelled."""
        while True:
            async with database.reads.connect() as connection:
                waiting = select(func.count()).select_from(audit_disputes.open_disputes().subquery())
                DISPUTES.set((await connection.execute(waiting)).scalar_one())
            await asyncio.sleep(TELL_SECONDS)
            async with database.transaction() as session:
                await self.tell_held(session)
