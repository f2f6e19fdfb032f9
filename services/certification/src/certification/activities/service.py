"""What an activity is worth where."""

from sqlalchemy.ext.asyncio import AsyncConnection

from certification.activities import queries
from certification.activities.schemas import ActivityDetail, CreditsSomewhere
from certification.credits.rules import ZERO, credits_earned
from certification.schemes.queries import all_versions
from certification.schemes.requirements import ActivityKind, Facts
from certification.schemes.rules import SchemeRules

KINDS = {"course": ActivityKind.CPD, "community": ActivityKind.COMMUNITY, "diagnostic": ActivityKind.DIAGNOSTIC}


async def detail(connection: AsyncConnection, code: str) -> ActivityDetail:
    """An activity with its credits per scheme and version, or ActivityNotFound."""
    row = await queries.one(connection, code)
    kind, facts = KINDS.get(row["category"]), queries.facts_of(row)
    found = []
    for version in await all_versions(connection) if kind else ():
        worth = _worth(SchemeRules.model_validate(version.rules), kind, facts) if kind else None
        if worth:
            told = {"scheme": version.scheme, "version": version.version, "standing": version.standing, **worth}
            found.append(CreditsSomewhere.model_validate(told))
    return ActivityDetail.model_validate({**row, "credits": found})


def _worth(rules: SchemeRules, kind: ActivityKind, facts: Facts) -> dict[str, object] | None:
    """What the activity earns by these rules; None for nothing."""
    rule = rules.credit_rule(kind, facts)
    if rule is None:
        return None
    override = rules.override_for(facts)
    is_hourly = rule.basis == "per_hour" and override is None
    worth = credits_earned(rules, kind, ZERO, facts.published_credits, facts)
    return {
        "component": rule.component,
        "credits": None if is_hourly or worth is None else worth.credits,
        "credits_per_hour": rule.credits if is_hourly else None,
        "at_most": rule.at_most,
        "reason": override.reason if override else rule.source,
    }
