"""Whose a resource is."""

from sqlalchemy import ColumnElement, or_

from chassis.principal import Principal
from hubs.parties import belongs_to, organisations_of
from hubs.resources.models import Resource
from hubs.sets import any_of

REVIEWER = "moderator"


def authored_by(caller: Principal) -> ColumnElement[bool]:
    """Resources of the caller's own, or of organisations for which the caller acts."""
    of_organisation = any_of(Resource.organisation_id, organisations_of(caller))
    return or_(Resource.teacher_id == caller.id, of_organisation) if caller.kind == "person" else of_organisation


def is_own(caller: Principal, resource: Resource) -> bool:
    """Whether the caller wrote it, or has anything to do with the organisation that did."""
    return resource.teacher_id == caller.id or belongs_to(caller, resource.organisation_id)
