"""Whether certificates are earned, by everything that their rules ask for, and what follows when they are."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.openings import announce
from certification.certificates import service as certificates
from certification.certificates.service import Award
from certification.credits.accounts import Account, accounts_of
from certification.credits.known import NOTHING_KNOWN, Known, known_of
from certification.credits.models import PendingAward
from certification.credits.records import done_by_teacher
from certification.schemes.evaluation import evaluate
from chassis import clock


async def earned(session: AsyncSession, accounts: Sequence[Account]) -> list[Account]:
    """Those of the accounts whose certificate is earned and not awarded yet."""
    able = [account for account in accounts if account.components_met()]
    if not able:
        return []
    known = await known_of(session, {account.teacher_id for account in able})
    short = await lacking(session, able, known)
    return [
        account
        for account in able
        if account not in short and account.scheme not in known.get(account.teacher_id, NOTHING_KNOWN).awarded
    ]


async def lacking(session: AsyncSession, accounts: Sequence[Account], known: Mapping[UUID, Known]) -> set[Account]:
    """Those of the accounts that lack something besides credits: a requirement or the assessment."""
    deep = {account.teacher_id: account.catalogue for account in accounts if account.rules.requirements}
    done = await done_by_teacher(session, deep, next(iter(deep.values()))) if deep else {}
    short = set()
    for account in accounts:
        besides = known.get(account.teacher_id, NOTHING_KNOWN).besides(account.scheme)
        findings = evaluate(account.rules, done.get(account.teacher_id, ()), besides).findings
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
    windows = [_window(account) for account in found if account.rules.pending_days]
    if windows:
        await session.execute(insert(PendingAward).on_conflict_do_nothing(), windows)
    await award_now(session, [account for account in found if not account.rules.pending_days])


def _window(account: Account) -> dict[str, object]:
    at = clock.now()
    due_at = at + timedelta(days=account.rules.pending_days)
    return {"teacher_id": account.teacher_id, "scheme": account.scheme, "earned_at": at, "due_at": due_at}


async def award_now(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Award what these accounts have earned, and look at what is earned by those awards in turn."""
    if not accounts:
        return
    await certificates.award(session, [_award(account) for account in accounts])
    await reconsider(session, *{account.teacher_id for account in accounts})


def _award(account: Account) -> Award:
    return Award(account.teacher_id, account.scheme, account.version, account.rules.valid_for_months)


async def reconsider(session: AsyncSession, *teacher_ids: UUID) -> None:
    """Look again at every scheme of teachers whose logs the caller holds: something besides activities has changed."""
    accounts = [one for group in (await accounts_of(session, teacher_ids)).values() for one in group]
    waiting = [one for one in accounts if one.rules.requirements or one.rules.assessment_required]
    if waiting:
        await award_earned(session, waiting)
        await announce(session, waiting)
