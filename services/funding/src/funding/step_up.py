"""Steps that move money ask for a second factor that was used a moment ago: a computer left open must not be enough.

Identity says in every access token when its person last proved who they are (`auth_time`) and how (`amr`), and the
gateway hands both on. A token that is too old in this respect is not refused everywhere, only here: the person proves
a factor anew, the client renews the token, and the step is taken again with the same Idempotency-Key.
"""

from fastapi import Depends, Request

from chassis import clock
from chassis.errors import Forbidden
from chassis.principal import Principal
from funding.settings import OwnSettings

SEVERAL = "mfa"
"""Among the methods of a sign-in that was proven in more than one way (RFC 8176)."""
PROVE_AT, RENEW_AT = "/v1/me/proofs", "/v1/auth/refresh"


class RecentProofRequired(Forbidden):
    """The caller's second factor was not proven, or too long ago, for a step that moves money."""

    code, title = "recent-proof-required", "Prove again that it is you"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Moving money needs a second factor proven within {minutes} minutes: send a proof to {PROVE_AT},"
            " renew the access token, then repeat this.",
            prove_at=PROVE_AT,
            renew_at=RENEW_AT,
            within_minutes=minutes,
        )


def is_proven(caller: Principal, within_seconds: float) -> bool:
    """Whether the caller used a second factor so lately, as identity says of their sign-in."""
    proven, methods = caller.attributes.get("auth_time", ""), caller.attributes.get("amr", "").split()
    return proven.isdecimal() and SEVERAL in methods and clock.now().timestamp() - int(proven) <= within_seconds


async def _require_recent_proof(request: Request, settings: OwnSettings) -> None:
    minutes = settings.recent_proof_minutes
    if minutes and not is_proven(request.state.caller, minutes * 60):
        raise RecentProofRequired(minutes)


RECENTLY_PROVEN = Depends(_require_recent_proof)
"""In a route's `dependencies`: the caller has used a second factor a moment ago."""
