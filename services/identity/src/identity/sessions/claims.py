"""What a sign-in says about its person, to whoever verifies its tokens and to the gateway."""

from chassis import clock
from chassis.ids import new_id
from identity.keys.service import Claims
from identity.people import queries
from identity.sessions.ends import SIGN_IN
from identity.sessions.models import SignIn

ISSUER = "ncce-identity"
AUDIENCE = "ncce"


def claims_of(person: queries.PersonRow, roles: queries.RoleRows, sign_in: SignIn, lifetime_seconds: int) -> Claims:
    """The claims of an access token that is made now."""
    issued = int(clock.now().timestamp())
    attributes = {"school_urn": person.school_urn, "phase": person.phase, SIGN_IN: str(sign_in.id)}
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(person.id),
        "iat": issued,
        "exp": issued + lifetime_seconds,
        "jti": str(new_id()),
        "kind": "person",
        "roles": [
            {"role": row.role, "organisation_id": str(row.organisation_id) if row.organisation_id else None}
            for row in roles
        ],
        "attributes": {name: value for name, value in attributes.items() if value},
    }
