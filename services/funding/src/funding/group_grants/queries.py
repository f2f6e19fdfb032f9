"""Reads of groups' money, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, or_, select, true, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.grant_cards.rules import Calculation
from funding.grants.models import GrantAward, GrantSnapshot, GrantStatus
from funding.group_grants.errors import GroupGrantNotFound
from funding.group_grants.models import GroupGrant
from funding.group_grants.schemas import GroupGrantDetail, GroupGrantOut
from funding.group_grants.service import LIVE
from funding.roles import HUB_STAFF, reads_all

NATIONAL_TEAM = "network_lead"
UNDECIDED = (GrantStatus.PROPOSED, GrantStatus.WITHDRAWN, GrantStatus.DECLINED)

_GRANT = GrantAward.__table__.c
_AWARDED = _GRANT.own_pence - _GRANT.lapsed_pence
_DRAWN = _GRANT.drawn_pence - _GRANT.due_back_pence
FIGURES: tuple[ColumnElement[int], ...] = (
    case((_GRANT.status.not_in(UNDECIDED), _AWARDED), else_=0).label("awarded_pence"),
    func.coalesce(_DRAWN, 0).label("drawn_pence"),
    case((_GRANT.status.in_(LIVE), _AWARDED - _DRAWN), else_=0).label("owed_pence"),
    func.coalesce(_GRANT.due_back_pence - _GRANT.returned_pence, 0).label("to_return_pence"),
)
"""What an award comes to for its group; nought where there is none."""


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Groups of the caller's hubs and networks; for funding staff and auditors, all."""
    if reads_all(caller):
        return true()
    return or_(
        GroupGrant.hub_id.in_(caller.organisations(*HUB_STAFF)),
        GroupGrant.national_team_id.in_(caller.organisations(NATIONAL_TEAM)),
    )


def _query(caller: Principal) -> Select[Any]:
    group, grant = GroupGrant.__table__.c, GrantAward.__table__.c
    shown = [group[name] for name in GroupGrantOut.model_fields if name in group]
    return (
        select(*shown, group.calculation, grant.status.label("grant_status"), grant.snapshot)
        .add_columns(*FIGURES)
        .add_columns(
            case((group.recovery == "proposed", func.greatest(_DRAWN - _GRANT.spent_pence, 0)), else_=0).label(
                "to_recover_pence"
            )
        )
        .add_columns(
            func.coalesce((group.status == "completed") & grant.status.in_(LIVE), False).label("is_ready_to_complete")
        )
        .select_from(GroupGrant)
        .outerjoin(GrantAward, GrantAward.id == GroupGrant.grant_id)
        .where(seen_by(caller))
    )


async def list_group_grants(
    db: Queryable, caller: Principal, page: PageOf, hub_id: UUID | None, network: str | None
) -> Sequence[GroupGrantOut]:
    """Groups by project, one more than the page holds."""
    query = _query(caller)
    if hub_id is not None:
        query = query.where(GroupGrant.hub_id == hub_id)
    if network is not None:
        query = query.where(GroupGrant.network == network)
    after = page.after_as(str, UUID)
    if after is not None:
        query = query.where(tuple_(GroupGrant.project_code, GroupGrant.group_id) > after)
    query = query.order_by(GroupGrant.project_code, GroupGrant.group_id).limit(page.limit + 1)
    return [GroupGrantOut.model_validate(dict(row)) for row in (await db.execute(query)).mappings()]


async def find_group_grant(db: Queryable, caller: Principal, group_id: UUID) -> GroupGrantDetail:
    """One group with its calculations, or GroupGrantNotFound."""
    row = (await db.execute(_query(caller).where(GroupGrant.group_id == group_id))).mappings().one_or_none()
    if row is None:
        raise GroupGrantNotFound(f"There is no group {group_id} whose money you may see.")
    expected = None if row["calculation"] is None else Calculation.model_validate_json(row["calculation"])
    awarded = await _awarded(db, row)
    told = {"expected": expected, "awarded": awarded, "explanation": _in_words(row)}
    return GroupGrantDetail.model_validate(dict(row) | told)


async def _awarded(db: Queryable, row: RowMapping) -> Calculation | None:
    if row["grant_status"] is None or row["grant_status"] in UNDECIDED:
        return None
    held = select(GrantSnapshot.calculation).where(
        GrantSnapshot.grant_id == row["grant_id"], GrantSnapshot.ordinal == row["snapshot"]
    )
    return Calculation.model_validate_json((await db.execute(held)).scalar_one())


def _in_words(row: RowMapping) -> list[str]:
    pounds = {name: f"£{row[name] / 100:,.2f}" for name in row if name.endswith("_pence")}
    words = [
        f"Expected: {pounds['expected_pence']}, as card {row['card'] or 'none'} comes to for the group as it stands.",
        f"Drawn: {pounds['drawn_pence']} of {pounds['awarded_pence']} awarded, less what is due back.",
        f"Owed: {pounds['owed_pence']}, which is awarded and was not drawn yet.",
    ]
    if row["to_return_pence"]:
        words.append(f"To return: {pounds['to_return_pence']}, which fell due and is not here yet.")
    if row["to_recover_pence"]:
        words.append(f"To recover: {pounds['to_recover_pence']}, drawn and not spent, once the grant is ended.")
    return words
