"""Whether certificates are earned, by everything that their rules ask for, and what follows when they are."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.openings import announce
from certification.award_checks.drawing import not_to_check, undrawn
from certification.certificates import service as certificates
from certification.certificates.models import Certificate
from certification.certificates.service import Award
from certification.credits.accounts import Account, accounts_of
from certification.credits.known import NOTHING_KNOWN, Known, known_of
from certification.credits.models import PendingAward
from certification.credits.records import done_by_teacher
from certification.schemes.evaluation import evaluate
from certification.schools.evidence import done_at_school
from certification.schools.models import School
from certification.schools.service import schools_of
from chassis import clock


async def earned(session: AsyncSession, accounts: Sequence[Account]) -> list[Account]:
    """Those of the accounts whose certificate is earned and not awarded yet."""
    able = [account for account in accounts if account.components_met()]
    if not able:
        return []
    known = await known_of(session, {account.teacher_id for account in able})
    short = await lacking(session, able, known)
    found = [
        account
        for account in able
        if account not in short and account.scheme not in known.get(account.teacher_id, NOTHING_KNOWN).awarded
    ]
    return await _one_for_each_school(session, found)


async def _one_for_each_school(session: AsyncSession, found: Sequence[Account]) -> list[Account]:
    """Those of the accounts that are a person's, and of a school's award the first where the school has none yet.

    Whoever awards for a school holds it until the transaction ends, so that no two awards are made.
    """
    for_schools = [one for one in found if one.rules.awarded_to == "school"]
    if not for_schools:
        return list(found)
    schools = await schools_of(session, {one.teacher_id for one in for_schools})
    for urn in sorted({one.urn for one in schools.values()}):
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"school:{urn}", 0))))
    given = select(Certificate.school_urn, Certificate.scheme).where(
        Certificate.school_urn.in_({one.urn for one in schools.values()})
    )
    taken = {(row.school_urn, row.scheme) for row in await session.execute(given)}
    kept = [one for one in found if one.rules.awarded_to == "person"]
    for account in for_schools:
        school = schools.get(account.teacher_id)
        if school is not None and (school.urn, account.scheme) not in taken:
            taken.add((school.urn, account.scheme))
            kept.append(account)
    return kept


async def lacking(session: AsyncSession, accounts: Sequence[Account], known: Mapping[UUID, Known]) -> set[Account]:
    """Those of the accounts that lack something besides credits: a requirement or the assessment."""
    deep = {account.teacher_id: account.catalogue for account in accounts if account.rules.requirements}
    done = await done_by_teacher(session, deep, next(iter(deep.values()))) if deep else {}
    of_schools = {one.teacher_id: one.catalogue for one in accounts if one.rules.awarded_to == "school"}
    at_school = await done_at_school(session, of_schools, next(iter(of_schools.values()))) if of_schools else {}
    short = set()
    for account in accounts:
        besides = known.get(account.teacher_id, NOTHING_KNOWN).besides(account.scheme)
        evidence = at_school if account.rules.awarded_to == "school" else done
        findings = evaluate(account.rules, evidence.get(account.teacher_id, ()), besides).findings
        has_passed = besides.assessment_passed or not account.rules.assessment_required
        if not has_passed or not all(one.is_met for one in findings):
            short.add(account)
    return short


async def award_earned(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Award what these accounts have earned, or begin the days that their rules put before the award.

    Days that are running already go on as they are.
    """
    await award_found(session, await earned(session, accounts))


async def award_found(session: AsyncSession, found: Sequence[Account]) -> None:
    """The same for accounts that were found to have earned their certificates."""
    found = await undrawn(session, found)
    windows = [_window(account) for account in found if account.rules.pending_days]
    if windows:
        await session.execute(insert(PendingAward).on_conflict_do_nothing(), windows)
    await award_now(session, [account for account in found if not account.rules.pending_days])


def _window(account: Account) -> dict[str, object]:
    at = clock.now()
    due_at = at + timedelta(days=account.rules.pending_days)
    return {"teacher_id": account.teacher_id, "scheme": account.scheme, "earned_at": at, "due_at": due_at}


async def award_now(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Award what these accounts have earned, but for those that are drawn: two people look at them first."""
    await award_checked(session, await not_to_check(session, accounts))


async def award_checked(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Award what these accounts have earned, and look at what is earned by those awards in turn."""
    if not accounts:
        return
    schools = await schools_of(session, {one.teacher_id for one in accounts if one.rules.awarded_to == "school"})
    awards = [_award(account, schools.get(account.teacher_id)) for account in accounts]
    await certificates.award(session, awards)
    await reconsider(session, *{account.teacher_id for account in accounts})


def _award(account: Account, school: School | None) -> Award:
    to = (school.urn, school.name) if school and account.rules.awarded_to == "school" else (None, None)
    return Award(account.teacher_id, account.scheme, account.version, account.rules.valid_for_months, *to)


async def reconsider(session: AsyncSession, *teacher_ids: UUID) -> None:
    """Look again at every scheme of teachers whose logs the caller holds: something besides activities has changed."""
    accounts = [one for group in (await accounts_of(session, teacher_ids)).values() for one in group]
    waiting = [one for one in accounts if one.rules.requirements or one.rules.assessment_required]
    if waiting:
        await award_earned(session, waiting)
        await announce(session, waiting)
