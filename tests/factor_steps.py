"""What people do with second factors, as steps for tests."""

from typing import Any
from uuid import UUID

import httpx
import jwt
import pyotp

from builders import anonymous
from chassis.principal import Principal, RoleGrant
from contracts.identity import TeacherRegistered
from identity.people.models import Role
from identity.people.service import grant_role
from identity_steps import PASSWORD, IdentitySteps
from software_authenticator import Authenticator

JSON = dict[str, Any]
EMAIL = "sam.teacher@example.org"


def caller_of(tokens: JSON) -> Principal:
    """Whom the gateway makes of an access token."""
    claims = jwt.decode(tokens["access_token"], options={"verify_signature": False})
    roles = tuple(RoleGrant(**role) for role in claims["roles"])
    return Principal(kind="person", id=claims["sub"], roles=roles, attributes=claims["attributes"])


class Factors:
    """Somebody who signs in and has, or gets, second factors."""

    def __init__(self, identity: IdentitySteps, email: str = EMAIL) -> None:
        self.identity = identity
        self.email = email
        self.caller = anonymous()
        self.tokens: JSON = {}
        self.secret = ""
        self.recovery_codes: list[str] = []

    async def sign_up(self, *roles: Role) -> "Factors":
        """Get an account, with roles, and sign in."""
        await self.identity.sign_up(self.email)
        person_id = (await self.identity.harness.published(TeacherRegistered))[-1].teacher_id
        for role in roles:
            await self.grant(person_id, role)
        await self.sign_in()
        return self

    async def grant(self, person_id: UUID, role: Role) -> None:
        """Get a role from today on."""
        [row] = await self.identity.query("SELECT (now() AT TIME ZONE 'Europe/London')::date AS day")
        async with self.identity.harness.session() as session:
            await grant_role(session, None, person_id, role, from_on=row.day)

    async def sign_in(self) -> JSON:
        """Sign in by password; the answer."""
        answer: JSON = (await self.identity.log_in(self.email)).json()
        if answer["status"] == "signed_in":
            self.take(answer)
        return answer

    def take(self, tokens: JSON) -> None:
        """Go on with these tokens."""
        self.tokens, self.caller = tokens, caller_of(tokens)

    async def refresh(self) -> None:
        """Fetch new tokens, which say what is so now."""
        self.take((await self.identity.refresh(self.tokens["refresh_token"])).json())

    async def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """One request under /v1/me."""
        return await self.identity.call(method, f"/v1/me{path}", body, caller=self.caller)

    async def code(self) -> str:
        """A code that was not used yet: the app's clock is not what these tests are about."""
        await self.identity.query("UPDATE totp_factor SET last_step = 0")
        return pyotp.TOTP(self.secret).now()

    async def add_app(self) -> httpx.Response:
        """Set an authenticator app up."""
        begun = await self.call("POST", "/second-factors/totp")
        assert begun.status_code == 201, begun.text
        self.secret = begun.json()["secret"]
        confirmed = await self.call("POST", "/second-factors/totp/confirmation", {"code": await self.code()})
        self.recovery_codes = confirmed.json().get("recovery_codes") or self.recovery_codes
        return confirmed

    async def add_passkey(self, device: Authenticator) -> httpx.Response:
        """Add a passkey."""
        asked = (await self.call("POST", "/second-factors/passkeys/challenges")).json()
        body = {"challenge": asked["challenge"], "name": "Phone", "credential": device.make(asked["options"])}
        answer = await self.call("POST", "/second-factors/passkeys", body)
        self.recovery_codes = answer.json().get("recovery_codes") or self.recovery_codes
        return answer

    async def prove(self, challenge: str, mode: str = "bearer", **proof: object) -> httpx.Response:
        """Take the second step of signing in."""
        body = {"challenge": challenge, "proof": proof, "mode": mode}
        answer = await self.identity.post("/v1/auth/second-factor", body)
        if answer.status_code == 200 and mode == "bearer":
            self.take(answer.json())
        return answer

    async def prove_again(self, **proof: object) -> httpx.Response:
        """Step up."""
        return await self.call("POST", "/proofs", {"proof": proof or {"method": "password", "password": PASSWORD}})

    async def grow_old(self) -> None:
        """Let the last proofs be more than ten minutes ago."""
        older = "interval '11 minutes'"
        await self.identity.query(
            f"UPDATE sign_in SET proven_at = proven_at - {older}, factor_proven_at = factor_proven_at - {older}"
        )

    async def mailed(self) -> list[str]:
        """What was mailed about factors, in order."""
        mails = [mail for mail in await self.identity.mails(self.email) if mail["Subject"].startswith("How you sign")]
        return [" ".join(str(mail.get_payload()).split()) for mail in mails]
