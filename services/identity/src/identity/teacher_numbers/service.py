"""Declaring, matching and verifying numbers. What a number was before stays in the audit trail, without its digits."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.people.service import hold_person
from identity.teacher_numbers.errors import OwnTrn, TrnTaken, TrnVerified
from identity.teacher_numbers.models import Standing, TeacherNumber
from identity.teacher_numbers.schemas import ConfirmedTrn


async def declare(session: AsyncSession, caller: Principal, trn: str) -> TeacherNumber:
    """Note the number that the caller says is theirs; TrnVerified when another one is verified."""
    person = await hold_person(session, caller.id)
    known = await session.get(TeacherNumber, person.id)
    if known is not None and known.trn == trn:
        return known
    if known is not None and known.standing == Standing.VERIFIED:
        raise TrnVerified("If it is wrong, ask us to look at it: an administrator can change it.")
    return await _state(session, caller, person.id, trn, Standing.SELF_DECLARED, None)


async def confirm(session: AsyncSession, caller: Principal, person_id: UUID, word: ConfirmedTrn) -> TeacherNumber:
    """Note what staff found out about somebody's number; OwnTrn, TrnTaken."""
    if caller.id == person_id:
        raise OwnTrn("Ask another administrator.")
    person = await hold_person(session, person_id)
    standing = Standing(word.standing)
    if standing is Standing.VERIFIED and await _is_taken(session, person.id, word.trn):
        raise TrnTaken("One of the two accounts may be a duplicate: look at the list of duplicates.")
    try:
        return await _state(session, caller, person.id, word.trn, standing, word.reason)
    except IntegrityError as error:  # somebody else got it verified in this very moment
        raise TrnTaken("Another person has just got this number verified.") from error


async def _is_taken(session: AsyncSession, person_id: UUID, trn: str) -> bool:
    verified = TeacherNumber.standing == Standing.VERIFIED.value
    query = select(TeacherNumber.person_id).where(
        TeacherNumber.trn == trn, verified, TeacherNumber.person_id != person_id
    )
    return await session.scalar(query) is not None


async def _state(
    session: AsyncSession, caller: Principal, person_id: UUID, trn: str, standing: Standing, reason: str | None
) -> TeacherNumber:
    assert caller.id is not None
    number = await session.get(TeacherNumber, person_id)
    before = number.standing if number else None
    if number is None:
        number = TeacherNumber(person_id=person_id)
        session.add(number)
    number.trn, number.standing = trn, standing.value
    number.stated_by, number.stated_at, number.reason = caller.id, clock.now(), reason
    await session.flush()
    details: dict[str, audit.JSON] = {"standing": standing.value, "before": before}
    await audit.record(session, caller, "trn.stated", f"person:{person_id}", details)
    return number
