"""What a sign-in says about its person, to whoever verifies its tokens and to the gateway."""

from collections.abc import Iterable, Sequence

from chassis import clock
from chassis.ids import new_id
from chassis.principal import LIMITED_TO
from identity.keys.service import Claims
from identity.people import queries
from identity.sessions.ends import SIGN_IN
from identity.sessions.models import SignIn
from identity.settings import Settings

ISSUER = "ncce-identity"
AUDIENCE = "ncce"
SEVERAL = "mfa"
"""Among the methods of a sign-in that was proven in more than one way (RFC 8176)."""


def needs_factor(settings: Settings, roles: Iterable[str]) -> bool:
    """Whether somebody with these roles has to have a second factor."""
    return not set(settings.second_factor_roles).isdisjoint(roles)


def claims_of(person: queries.PersonRow, roles: queries.RoleRows, sign_in: SignIn, settings: Settings) -> Claims:
    """The claims of an access token that is made now.

    Whoever needs a second factor and did not prove one holds no role and no school: all they can do is set one up.
    """
    issued = int(clock.real().timestamp())
    proven = int((sign_in.proven_at or sign_in.started_at).timestamp())
    is_limited = SEVERAL not in sign_in.methods and needs_factor(settings, (row.role for row in roles))
    said = {LIMITED_TO: "second_factor"} if is_limited else {"school_urn": person.school_urn, "phase": person.phase}
    known = {SIGN_IN: str(sign_in.id), "auth_time": str(proven), "amr": " ".join(sign_in.methods)}
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(person.id),
        "iat": issued,
        "exp": issued + settings.access_token_seconds,
        "auth_time": proven,
        "amr": sign_in.methods,
        "jti": str(new_id()),
        "kind": "person",
        "roles": _grants(() if is_limited else roles),
        "attributes": {name: value for name, value in {**said, **known}.items() if value},
    }


def _grants(roles: Sequence[queries.RoleRow]) -> list[dict[str, str | None]]:
    return [
        {"role": row.role, "organisation_id": str(row.organisation_id) if row.organisation_id else None}
        for row in roles
    ]
