"""Bodies and answers of second factors. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import JsonValue, PageInfo, PasskeyProof, RecoveryCodeProof, TotpProof
from ncce_sdk.transport import Model


class AppOut(Model):
    """An authenticator app."""

    added_at: dt.datetime


class AppSetUp(Model):
    """What an authenticator app needs. Shown this once; it counts once a code is confirmed."""

    otpauth_uri: str
    secret: str


class CodeConfirmation(Model):
    """A code that the app shows now."""

    code: str


class FactorAdded(Model):
    """A factor that counts from now on. Holders of tokens fetch new ones; cookies are renewed by this answer."""

    recovery_codes: list[str] | None


class NewPasskey(Model):
    """A passkey that the browser made."""

    challenge: str
    credential: dict[str, JsonValue]
    name: str


class NewReset(Model):
    """Whose factors are lost, and how it is known that it is them who say so."""

    email: str
    reason: str


class ResetOut(Model):
    """A reset that was asked for."""

    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    outcome: str | None
    person_id: UUID
    reason: str
    requested_at: dt.datetime
    requested_by: UUID


class PageResetOut(Model):
    """PageResetOut."""

    data: list[ResetOut]
    page: PageInfo


class PasskeyOut(Model):
    """A passkey."""

    added_at: dt.datetime
    id: UUID
    last_used_at: dt.datetime | None
    name: str


class PasswordProof(Model):
    """The password that one signs in with."""

    method: Literal["password"]
    password: str


class ProofRequest(Model):
    """A proof that whoever is signed in is there, by a factor if they have one and by password if not."""

    challenge: str | None = None
    proof: TotpProof | RecoveryCodeProof | PasskeyProof | PasswordProof


class Proven(Model):
    """For ten minutes from now, what needs a recent proof may be done from this sign-in."""

    status: Literal["proven"] | None = None
    until: dt.datetime


class RecoveryCodes(Model):
    """Ten codes, shown this once. Those before work no more."""

    recovery_codes: list[str]


class ResetDecision(Model):
    """What another administrator decides."""

    outcome: Literal["approved", "refused"]


class SecondFactors(Model):
    """What the caller has beside a password."""

    is_required: bool
    passkeys: list[PasskeyOut]
    recovery_codes_left: int
    totp: AppOut | None
