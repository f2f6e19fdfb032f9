"""Bodies and answers of merges. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, Standing
from ncce_sdk.transport import Model


class CandidatePerson(Model):
    """One of two, as far as it takes to look further."""

    id: UUID
    initials: str
    number_standing: Standing | None
    registered_at: dt.datetime
    school_urn: str | None


class MergeCandidate(Model):
    """Two accounts that may be one person's."""

    has_different_numbers: bool
    people: list[CandidatePerson]
    reasons: list[str]
    score: int


class MergeDecision(Model):
    """What another administrator decides."""

    outcome: Literal["approved", "declined"]


class MergeQuestion(Model):
    """Something that a person has to settle, since no rule may."""

    about: str
    code: str
    detail: str


class MergeEffects(Model):
    """What a merge did in one service."""

    kept_id: UUID
    merge_id: UUID
    merged_at: dt.datetime
    merged_id: UUID
    moved: dict[str, int]
    questions: list[MergeQuestion]
    separated_at: dt.datetime | None
    stayed: dict[str, list[dict[str, str]]]
    stays_by_rule: dict[str, str]


class MergeOut(Model):
    """A merge that was proposed."""

    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    kept_id: UUID
    merged_id: UUID
    outcome: str | None
    present_school: str | None
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    separated_at: dt.datetime | None
    separated_by: UUID | None
    separation_reason: str | None


class MergePreview(Model):
    """What a merge would do here. Every other service tells what it did at `/v1/merge-effects/…`."""

    merge_id: UUID
    moves: dict[str, int]
    sign_ins_ended: int
    stays: dict[str, int]


class MergeSeparation(Model):
    """Why two accounts are not one person's after all."""

    reason: str


class NewMerge(Model):
    """Which account is kept, which goes by it, and how it is known that they are one person's."""

    kept_id: UUID
    merged_id: UUID
    present_school: Literal["kept", "merged"] | None = None
    reason: str


class PageMergeCandidate(Model):
    """PageMergeCandidate."""

    data: list[MergeCandidate]
    page: PageInfo


class PageMergeOut(Model):
    """PageMergeOut."""

    data: list[MergeOut]
    page: PageInfo
