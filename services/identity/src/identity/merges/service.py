"""Merging two accounts by two administrators, and separating them again."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.known_as import Merge, note_merged, note_separated
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from contracts.identity import TeacherMerged, TeacherSeparated
from identity.accounts.models import Account
from identity.erasures.models import Erasure
from identity.mail.service import Extras, queue_mail
from identity.merges import rules
from identity.merges.errors import (
    ErasureStandsInTheWay,
    MergedOnward,
    MergeNotFound,
    MergeTakesTwo,
    PersonMergedAlready,
)
from identity.merges.factors import seal_for
from identity.merges.models import PersonMerge
from identity.merges.registry import TABLES
from identity.merges.schemas import MergeDecision, MergePreview, MergeSeparation, NewMerge
from identity.merges.schools import begin_again, choose_school, tell_schools
from identity.people.models import Employment
from identity.people.queries import roles_held
from identity.people.service import hold_person
from identity.sessions.ends import end_all
from identity.sessions.freshness import person_of
from identity.sessions.models import SignIn
from identity.settings import Settings
from identity.teacher_numbers.models import Standing, TeacherNumber

TELL_AGAIN_AFTER = timedelta(minutes=15)
"""By then every token that was issued for the merged account has run out, and every handler under way has ended."""
MergeRow = Row[tuple[object, ...]]


async def propose(session: AsyncSession, caller: Principal, body: NewMerge) -> PersonMerge:
    """Propose to merge two people; what forbids it is refused here already, and looked at again with the decision."""
    if caller.id in (body.kept_id, body.merged_id):
        raise MergeTakesTwo
    await _hold_both(session, body.kept_id, body.merged_id)
    await _refuse(session, body.kept_id, body.merged_id, body.present_school)
    values = body.model_dump() | {"proposed_by": person_of(caller), "proposed_at": clock.now()}
    proposing = insert(PersonMerge).values(values).on_conflict_do_nothing().returning(PersonMerge)
    merge: PersonMerge | None = await session.scalar(proposing)
    if merge is None:
        raise PersonMergedAlready("A proposal for the account to be merged waits for another administrator.")
    await _record(session, caller, "merge.proposed", merge)
    return merge


async def decide(
    session: AsyncSession, settings: Settings, caller: Principal, merge_id: UUID, body: MergeDecision
) -> PersonMerge:
    """Decide on another's proposal; MergeNotFound, MergeTakesTwo, or what forbids the merge by now."""
    waiting = (PersonMerge.id == merge_id) & PersonMerge.outcome.is_(None)
    merge = await session.scalar(select(PersonMerge).where(waiting).with_for_update())
    if merge is None:
        raise MergeNotFound("It was decided already, or never proposed.")
    if caller.id in (merge.proposed_by, merge.kept_id, merge.merged_id):
        raise MergeTakesTwo
    if body.outcome == "approved":
        await _hold_both(session, merge.kept_id, merge.merged_id)
        await _refuse(session, merge.kept_id, merge.merged_id, merge.present_school)
    merge.decided_by, merge.decided_at, merge.outcome = person_of(caller), clock.now(), body.outcome
    await session.flush()
    if body.outcome == "approved":
        await _carry_out(session, settings, caller, merge)
    await _record(session, caller, f"merge.{body.outcome}", merge)
    return merge


async def _carry_out(session: AsyncSession, settings: Settings, caller: Principal, merge: PersonMerge) -> None:
    alias = _alias(merge)
    await note_merged(session, alias)
    await choose_school(session, merge)
    await TABLES.move(session, alias)
    await seal_for(session, settings, merge.merged_id, merge.kept_id)
    await end_all(session, caller, merge.merged_id, "accounts_merged")
    if merge.present_school == "merged":
        await tell_schools(session, merge.kept_id)
    await _write_to_merged(session, settings, merge)
    await publish(session, _merged(merge))


async def _write_to_merged(session: AsyncSession, settings: Settings, merge: PersonMerge) -> None:
    """One message, to the address that opens nothing any more. It names no other: two administrators may be wrong."""
    account = await session.get(Account, merge.merged_id)
    if account is None:
        return
    await queue_mail(
        session,
        occasion=f"accounts_merged:{merge.id}",
        to_address=account.email,
        to_key=account.email_key,
        template="accounts_merged",
        extras=Extras(merge.merged_id),
        public_url=str(settings.public_url),
        merge_id=merge.id,
    )


async def separate(
    session: AsyncSession, settings: Settings, caller: Principal, merge_id: UUID, body: MergeSeparation
) -> PersonMerge:
    """Take a merge back: every row that it moved goes back, and what was made since stays with the kept person."""
    standing = (PersonMerge.id == merge_id, PersonMerge.outcome == "approved", PersonMerge.separated_at.is_(None))
    merge = await session.scalar(select(PersonMerge).where(*standing).with_for_update())
    if merge is None:
        raise MergeNotFound("It does not stand: it was not approved, or was taken back.")
    if caller.id in (merge.kept_id, merge.merged_id):
        raise MergeTakesTwo
    await _hold_both(session, merge.kept_id, merge.merged_id)
    await _refuse_separation(session, merge)
    merge.separated_by, merge.separated_at = person_of(caller), clock.now()
    merge.separation_reason = body.reason
    await session.flush()
    await note_separated(session, _alias(merge))
    await TABLES.put_back(session, _alias(merge))
    await seal_for(session, settings, merge.kept_id, merge.merged_id)
    await begin_again(session, merge)
    await end_all(session, caller, merge.kept_id, "accounts_separated")
    await tell_schools(session, merge.kept_id, merge.merged_id)
    await publish(session, _separated(merge))
    await _record(session, caller, "merge.separated", merge)
    return merge


async def _refuse_separation(session: AsyncSession, merge: PersonMerge) -> None:
    onward = (PersonMerge.outcome == "approved", PersonMerge.separated_at.is_(None))
    later = or_(
        PersonMerge.merged_id == merge.kept_id,
        (PersonMerge.kept_id == merge.kept_id) & (PersonMerge.decided_at > merge.decided_at),
    )
    if await session.scalar(select(exists().where(*onward, later))):
        raise MergedOnward("The person who is kept was merged again since. Take that back first.")
    if await _asked_to_be_forgotten(session, merge.kept_id):
        raise ErasureStandsInTheWay("The person asked to be forgotten, under both ids.")


async def _hold_both(session: AsyncSession, *people: UUID) -> None:
    """PersonNotFound. In one order, so that two administrators do not wait for each other."""
    for person_id in sorted(people):
        await hold_person(session, person_id)


async def _refuse(session: AsyncSession, kept_id: UUID, merged_id: UUID, present_school: str | None) -> None:
    rules.refuse(await _side(session, kept_id), await _side(session, merged_id), present_school)


async def _side(session: AsyncSession, person_id: UUID) -> rules.Side:
    number = await session.get(TeacherNumber, person_id)
    school = select(Employment.school_urn).where(Employment.person_id == person_id, Employment.to_on.is_(None))
    merged = (
        PersonMerge.merged_id == person_id,
        PersonMerge.outcome == "approved",
        PersonMerge.separated_at.is_(None),
    )
    return rules.Side(
        trn=number.trn if number else None,
        standing=Standing(number.standing) if number else None,
        school_urn=await session.scalar(school),
        holds_role=bool(await roles_held(session, person_id, clock.today())),
        goes_by_another=bool(await session.scalar(select(exists().where(*merged)))),
        asked_to_be_forgotten=await _asked_to_be_forgotten(session, person_id),
    )


async def _asked_to_be_forgotten(session: AsyncSession, person_id: UUID) -> bool:
    asked = exists().where(Erasure.person_id == person_id, Erasure.status != "cancelled")
    return bool(await session.scalar(select(asked)))


async def list_merges(reader: AsyncConnection, page: PageOf) -> Sequence[MergeRow]:
    """One page of all merges, the latest first, with one row more when there are more."""
    table = PersonMerge.__table__
    query = select(table)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(table.c.id < after[0])
    return (await reader.execute(query.order_by(table.c.id.desc()).limit(page.limit + 1))).all()


async def preview(reader: AsyncConnection, merge_id: UUID) -> MergePreview:
    """What approving a proposal would do here; MergeNotFound."""
    table = PersonMerge.__table__
    found = select(table.c.kept_id, table.c.merged_id).where(table.c.id == merge_id, table.c.outcome.is_(None))
    row = (await reader.execute(found)).one_or_none()
    if row is None:
        raise MergeNotFound("It was decided already, or never proposed.")
    effects = await TABLES.preview(reader, row.kept_id, row.merged_id)
    count = select(func.count()).select_from(SignIn)
    now = clock.now()
    open_ones = (SignIn.person_id == row.merged_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return MergePreview(
        merge_id=merge_id,
        moves=effects.moved,
        stays={table: len(keys) for table, keys in effects.stayed.items()},
        sign_ins_ended=(await reader.execute(count.where(*open_ones))).scalar_one(),
    )


async def tell_again(session: AsyncSession) -> int:
    """Tell of merges once more, when nothing under the merged id can be under way any more; how many were told."""
    due = (
        PersonMerge.outcome == "approved",
        PersonMerge.told_again_at.is_(None),
        PersonMerge.separated_at.is_(None),
        PersonMerge.decided_at <= clock.now() - TELL_AGAIN_AFTER,
    )
    merges = (await session.scalars(select(PersonMerge).where(*due).with_for_update(skip_locked=True))).all()
    for merge in merges:
        merge.told_again_at = clock.now()
        await TABLES.move(session, _alias(merge))
    await publish(session, *(_merged(merge) for merge in merges))
    return len(merges)


def _alias(merge: PersonMerge) -> Merge:
    assert merge.decided_at is not None
    return Merge(merge.id, merge.kept_id, merge.merged_id, merge.decided_at, merge.separated_at)


def _merged(merge: PersonMerge) -> TeacherMerged:
    ids = {"merge_id": merge.id, "kept_id": merge.kept_id, "merged_id": merge.merged_id}
    return TeacherMerged.model_validate({**ids, "merged_at": merge.decided_at})


def _separated(merge: PersonMerge) -> TeacherSeparated:
    ids = {"merge_id": merge.id, "kept_id": merge.kept_id, "merged_id": merge.merged_id}
    return TeacherSeparated.model_validate({**ids, "merged_at": merge.decided_at, "separated_at": merge.separated_at})


async def _record(session: AsyncSession, caller: Principal, action: str, merge: PersonMerge) -> None:
    """In the trail of both."""
    for person, other in ((merge.kept_id, merge.merged_id), (merge.merged_id, merge.kept_id)):
        await audit.record(session, caller, action, f"person:{person}", {"merge": str(merge.id), "other": str(other)})
