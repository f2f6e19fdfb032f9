"""Bodies and answers of resources. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import HubsFacetingChoice, PageInfo
from ncce_sdk.transport import Model


class AimOut(Model):
    """An aim of the national curriculum for computing, in our words."""

    code: str
    key_stage: str | None
    statement: str


class CommentDecisionIn(Model):
    """A moderator's word on a comment. The stars count whatever it says."""

    outcome: Literal["shown", "refused"]
    reason: str


class CommentOut(Model):
    """What somebody unnamed said of a resource."""

    comment: str
    comment_id: UUID
    rated_at: dt.datetime
    stars: int
    version_number: int


class LicenceOut(Model):
    """A licence under which a resource may be published."""

    attribution: bool
    code: str
    commercial: bool
    link: str
    share_alike: bool
    title: str


class PageCommentOut(Model):
    """PageCommentOut."""

    data: list[CommentOut]
    page: PageInfo


class QueuedVersionOut(Model):
    """A version that waits for a reviewer, or has one."""

    aims: list[str]
    checksum: str | None
    created_at: dt.datetime
    credit_line: str | None
    decided_at: dt.datetime | None
    edition: int
    is_by_teacher: bool
    key_stages: list[str]
    licence: str
    link: str
    number: int
    organisation_id: UUID | None
    published_at: dt.datetime | None
    reason: str | None
    resource_id: UUID
    reviewer_id: UUID | None
    same_link_as: list[UUID]
    status: str
    submitted_at: dt.datetime | None
    summary: str
    title: str
    topics: list[str]
    type: str


class PageQueuedVersionOut(Model):
    """PageQueuedVersionOut."""

    data: list[QueuedVersionOut]
    page: PageInfo


class ResourceOut(Model):
    """A published resource."""

    aims: list[str]
    checksum: str | None
    credit_line: str | None
    first_published_at: dt.datetime
    id: UUID
    is_by_teacher: bool
    key_stages: list[str]
    licence: str
    link: str
    number: int
    organisation_id: UUID | None
    published_at: dt.datetime
    rating_average: str | None
    rating_count: int
    summary: str
    title: str
    topics: list[str]
    type: str
    used_count: int


class PageResourceOut(Model):
    """PageResourceOut."""

    data: list[ResourceOut]
    page: PageInfo


class ResourceVersionOut(Model):
    """One version as its author and its reviewers see it. Send `edition` back as `If-Match` to edit it."""

    aims: list[str]
    checksum: str | None
    created_at: dt.datetime
    credit_line: str | None
    decided_at: dt.datetime | None
    edition: int
    key_stages: list[str]
    licence: str
    link: str
    number: int
    published_at: dt.datetime | None
    reason: str | None
    resource_id: UUID
    status: str
    submitted_at: dt.datetime | None
    summary: str
    title: str
    topics: list[str]
    type: str


class PageResourceVersionOut(Model):
    """PageResourceVersionOut."""

    data: list[ResourceVersionOut]
    page: PageInfo


class WaitingCommentOut(Model):
    """A comment for a moderator to read."""

    comment: str
    comment_id: UUID
    comment_status: str
    rated_at: dt.datetime
    resource_id: UUID
    stars: int
    version_number: int


class PageWaitingCommentOut(Model):
    """PageWaitingCommentOut."""

    data: list[WaitingCommentOut]
    page: PageInfo


class PublishedVersionOut(Model):
    """One version in the history of a resource."""

    number: int
    published_at: dt.datetime
    status: str


class RatingIn(Model):
    """What somebody who used a resource thinks of it. Rating again replaces the rating before."""

    comment: str | None = None
    stars: int


class ReinstatementIn(Model):
    """Why a withdrawal was wrong."""

    reason: str


class ResourceFacets(Model):
    """For each filter the values that find anything, the most frequent first."""

    aim: list[HubsFacetingChoice]
    key_stage: list[HubsFacetingChoice]
    licence: list[HubsFacetingChoice]
    topic: list[HubsFacetingChoice]
    type: list[HubsFacetingChoice]


class ResourceCounts(Model):
    """How many resources a search finds, and what each further choice would find, as if its own filter were
    not set.
    """

    facets: ResourceFacets
    total: int


class ResourceDecisionIn(Model):
    """The reviewer's word."""

    outcome: Literal["published", "returned"]
    reason: str


class ResourceDetail(Model):
    """A published resource with its history, newest first; older versions stay readable."""

    aims: list[str]
    checksum: str | None
    credit_line: str | None
    first_published_at: dt.datetime
    id: UUID
    is_by_teacher: bool
    key_stages: list[str]
    licence: str
    link: str
    number: int
    organisation_id: UUID | None
    published_at: dt.datetime
    rating_average: str | None
    rating_count: int
    summary: str
    title: str
    topics: list[str]
    type: str
    used_count: int
    versions: list[PublishedVersionOut]


class ResourceFacts(Model):
    """What a version says. Links to documents, no documents: they stay where their author keeps them."""

    aims: list[str] | None = None
    checksum: str | None = None
    credit_line: str | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    licence: Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT"]
    link: str
    summary: str
    title: str
    topics: list[str]
    type: Literal[
        "unit_of_work",
        "lesson_plan",
        "activity",
        "worksheet",
        "presentation",
        "assessment",
        "video",
        "software_project",
        "teacher_guide",
    ]


class ResourceIn(Model):
    """A resource to begin: its first version, a draft."""

    aims: list[str] | None = None
    checksum: str | None = None
    credit_line: str | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    licence: Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT"]
    link: str
    organisation_id: UUID | None = None
    summary: str
    title: str
    topics: list[str]
    type: Literal[
        "unit_of_work",
        "lesson_plan",
        "activity",
        "worksheet",
        "presentation",
        "assessment",
        "video",
        "software_project",
        "teacher_guide",
    ]


class ResourceStandingOut(Model):
    """Whether a resource is there, and why not."""

    id: UUID
    is_withdrawn: bool
    withdrawal_reason: str | None
    withdrawn_at: dt.datetime | None
    withdrawn_for_cause: bool | None


class ReviewIn(Model):
    """A moderator takes a version in hand."""

    take_over: bool | None = None


class UseOut(Model):
    """The caller's use of a resource and what the caller said of it."""

    comment: str | None
    comment_reason: str | None
    comment_status: str | None
    rated_at: dt.datetime | None
    resource_id: UUID
    stars: int | None
    used_at: dt.datetime
    version_number: int


class HubsResourcesSchemasTopicOut(Model):
    """A topic of the controlled list."""

    code: str
    title: str


class VocabularyOut(Model):
    """What a resource may say of itself."""

    aims: list[AimOut]
    licences: list[LicenceOut]
    topics: list[HubsResourcesSchemasTopicOut]


class HubsResourcesSchemasWithdrawalIn(Model):
    """Why a resource is not to be found any more."""

    for_cause: bool | None = None
    reason: str
