"""Bodies and answers of activities. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

Category = str


class CreditsSomewhere(Model):
    """What an activity earns in one version of a scheme: a sum, or so much per hour."""

    at_most: str | None
    component: str
    credits: str | None
    credits_per_hour: str | None
    reason: str
    scheme: str
    standing: str
    version: int


CertificationActivitiesSchemasStatus = str


class ActivityDetail(Model):
    """An activity with what it earns in every version of every scheme that gives credits for it."""

    category: Category
    code: str
    component: str | None
    counts_as: str
    counts_each_time: bool
    credits: list[CreditsSomewhere]
    mode: str
    programmes: list[str]
    provider: str
    published_credits: str
    replaced_by: str | None
    self_certifiable: bool
    status: CertificationActivitiesSchemasStatus
    title: str


class ActivityOut(Model):
    """An activity of the catalogue."""

    category: Category
    code: str
    component: str | None
    counts_as: str
    counts_each_time: bool
    mode: str
    programmes: list[str]
    provider: str
    published_credits: str
    replaced_by: str | None
    self_certifiable: bool
    status: CertificationActivitiesSchemasStatus
    title: str


class PageActivityOut(Model):
    """PageActivityOut."""

    data: list[ActivityOut]
    page: PageInfo
