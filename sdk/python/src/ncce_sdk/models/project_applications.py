"""Bodies and answers of project applications. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import CriteriaDecision, Declaration, PageInfo
from ncce_sdk.transport import Model


class CriterionOverride(Model):
    """What a person decides of one criterion, whatever is known or declared."""

    criterion: str
    is_met: bool
    reason: str


class ProjectConsequenceOut(Model):
    """What applying brought with it."""

    application_id: UUID | None
    kind: str
    project_code: str
    says: str


class ProjectApplicationOut(Model):
    """An application, why it may or may not be taken, and what became of it."""

    applied_at: dt.datetime | None
    caused_by: UUID | None
    committed_at: dt.datetime | None
    consequences: list[ProjectConsequenceOut]
    decided_at: dt.datetime | None
    decision: CriteriaDecision
    declarations: list[Declaration]
    group_id: UUID | None
    has_priority: bool
    hub_id: UUID
    id: UUID
    made_at: dt.datetime
    network: str
    person_id: UUID
    project_code: str
    project_id: UUID
    project_year: str
    reason: str | None
    status: str
    urn: str | None
    waiting_position: int | None


class PageProjectApplicationOut(Model):
    """PageProjectApplicationOut."""

    data: list[ProjectApplicationOut]
    page: PageInfo


class ProjectApplicationIn(Model):
    """An application, or interest in one: to which hub, for which project, and what the applicant says of
    itself.
    """

    declarations: list[Declaration] | None = None
    hub_id: UUID
    interest_only: bool | None = None
    project_id: UUID
    urn: str | None = None


class ProjectCommitmentIn(Model):
    """The statement of whoever speaks for the school."""

    accepts: Literal[True]


class ProjectSelectionIn(Model):
    """What the hub does with an application."""

    group_id: UUID | None = None
    organisation_id: UUID | None = None
    outcome: Literal["selected", "waiting", "declined"]
    reason: str | None = None


class ProjectSubmissionIn(Model):
    """From interest to application; what is declared now goes before what was declared then."""

    declarations: list[Declaration] | None = None


class ProjectWithdrawalIn(Model):
    """Why an application is taken back."""

    reason: str
