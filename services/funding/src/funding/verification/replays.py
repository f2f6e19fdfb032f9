"""Decisions made again from what was stored with them: the same rule, the same inputs, the same bytes."""

import hashlib
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from funding.bursaries.decisions import again
from funding.bursaries.models import BursaryDecision
from funding.canonical import canonical
from funding.fee_policies.models import FeePolicyVersion
from funding.fee_policies.rules import FeePolicy, PriceInputs, price
from funding.fees.models import FeeDecision
from funding.fees.rules import Due
from funding.policies.models import PolicyVersion
from funding.policies.rules import Inputs, Policy
from funding.policies.service import Published
from funding.quotes.models import Quote
from funding.verification.findings import Finding

Versions = dict[tuple[str, int], Published]
FeeVersions = dict[int, tuple[FeePolicy, str]]
Document = TypeVar("Document", bound=BaseModel)
CHUNK = 500


async def read_policies(db: AsyncConnection) -> tuple[Versions, list[Finding]]:
    """Every bursary policy that is what its checksum says, and those that are not."""
    held: Versions = {}
    wrong: list[Finding] = []
    for row in await db.execute(select(PolicyVersion.__table__).order_by(PolicyVersion.policy, PolicyVersion.version)):
        policy = _read(Policy, row.document, row.checksum)
        told = None if policy is None else (policy.policy, policy.version, policy.effective_from)
        if policy is None or told != (row.policy, row.version, row.effective_from):
            wrong.append(_altered(f"policy_version:{row.policy}/{row.version}"))
        else:
            held[row.policy, row.version] = Published(policy, row.budget, row.checksum)
    return held, wrong


async def read_fee_policies(db: AsyncConnection) -> tuple[FeeVersions, list[Finding]]:
    """Every fee policy that is what its checksum says, and those that are not."""
    held: FeeVersions = {}
    wrong: list[Finding] = []
    for row in await db.execute(select(FeePolicyVersion.__table__).order_by(FeePolicyVersion.version)):
        policy = _read(FeePolicy, row.document, row.checksum)
        if policy is None or (policy.version, policy.effective_from) != (row.version, row.effective_from):
            wrong.append(_altered(f"fee_policy_version:{row.version}"))
        else:
            held[row.version] = (policy, row.checksum)
    return held, wrong


async def decisions(db: AsyncConnection, versions: Versions) -> AsyncIterator[Finding]:
    """Decisions on bursaries that do not come out as they were recorded."""
    query = select(BursaryDecision.__table__).order_by(BursaryDecision.bursary_id, BursaryDecision.ordinal)
    async with db.stream(query, execution_options={"yield_per": CHUNK}) as rows:
        async for row in rows:
            subject = f"bursary_decision:{row.bursary_id}/{row.ordinal}"
            if not _holds(partial(_is_decided, versions, row.inputs, row.result, row.outcome)):
                yield _differs(subject)


async def fees(db: AsyncConnection, versions: FeeVersions) -> AsyncIterator[Finding]:
    """Fees whose price does not come out as it was recorded."""
    query = select(FeeDecision.__table__).order_by(FeeDecision.booking_id, FeeDecision.ordinal)
    async with db.stream(query, execution_options={"yield_per": CHUNK}) as rows:
        async for row in rows:
            if not _holds(partial(_is_due, versions, row.inputs, row.result)):
                yield _differs(f"fee_decision:{row.booking_id}/{row.ordinal}")


async def quotes(db: AsyncConnection, versions: FeeVersions) -> AsyncIterator[Finding]:
    """Quotes whose price does not come out as it was promised."""
    async with db.stream(select(Quote.__table__).order_by(Quote.id), execution_options={"yield_per": CHUNK}) as rows:
        async for row in rows:
            if not _holds(partial(_is_priced, versions, row.inputs, row.result)):
                yield _differs(f"quote:{row.id}")


def _read(kind: type[Document], document: str, checksum: str) -> Document | None:
    if hashlib.sha256(document.encode()).hexdigest() != checksum:
        return None
    try:
        return kind.model_validate_json(document)
    except ValidationError:
        return None


def _is_decided(versions: Versions, text: str, result: str, outcome: str) -> bool:
    inputs = Inputs.model_validate_json(text)
    if canonical(inputs) != text:
        raise ValueError("the inputs are not in their canonical form")
    decision = again(versions[inputs.policy, inputs.version], inputs)
    return (canonical(decision), decision.outcome) == (result, outcome)


def _price(versions: FeeVersions, text: str) -> str:
    inputs = PriceInputs.model_validate_json(text)
    policy, checksum = versions[inputs.version]
    if checksum != inputs.checksum or canonical(inputs) != text:
        raise ValueError("the inputs are not those of this policy, in their canonical form")
    return canonical(price(policy, inputs))


def _is_priced(versions: FeeVersions, inputs: str, result: str) -> bool:
    return _price(versions, inputs) == result


def _is_due(versions: FeeVersions, inputs: str, result: str) -> bool:
    told = Due.model_validate_json(result)
    return canonical(told) == result and canonical(told.price) == _price(versions, inputs)


def _holds(check: Callable[[], bool]) -> bool:
    """Whether a record can be made again at all, and is the same."""
    try:
        return check()
    except (KeyError, ValueError, ArithmeticError):
        return False


def _altered(subject: str) -> Finding:
    return Finding("policy-is-as-published", subject, "The text is not the one its checksum was made from.")


def _differs(subject: str) -> Finding:
    return Finding("decision-replays", subject, "Made again from its inputs it comes out otherwise.")
