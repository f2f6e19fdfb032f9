"""Second factors as clients send and read them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from identity.accounts.schemas import Name, Token
from identity.sessions.schemas import Mode, Password

Credential = Annotated[
    dict[str, JsonValue],
    Field(description="What the browser answered, as `PublicKeyCredential.toJSON()` writes it"),
]
Options = Annotated[
    dict[str, JsonValue],
    Field(description="For the browser, as `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` reads it"),
]


class TotpProof(BaseModel):
    """A code from an authenticator app."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: Literal["totp"]
    code: Annotated[str, StringConstraints(pattern="^[0-9]{6}$")]


class RecoveryCodeProof(BaseModel):
    """One of the ten codes on paper; it is used up by this."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: Literal["recovery_code"]
    code: Annotated[str, StringConstraints(min_length=16, max_length=40)]


class PasskeyProof(BaseModel):
    """A passkey's signature."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: Literal["passkey"]
    credential: Credential


class PasswordProof(BaseModel):
    """The password that one signs in with."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: Literal["password"]
    password: Password


FactorProof = Annotated[TotpProof | RecoveryCodeProof | PasskeyProof, Field(discriminator="method")]
AnyProof = Annotated[TotpProof | RecoveryCodeProof | PasskeyProof | PasswordProof, Field(discriminator="method")]


class SecondFactorRequest(BaseModel):
    """The second step of signing in."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"challenge": "f3a1…", "proof": {"method": "totp", "code": "492039"}}]},
    )

    challenge: Token
    proof: FactorProof
    mode: Mode = "bearer"


class PasskeySignIn(BaseModel):
    """Signing in with a passkey alone."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [{"challenge": "f3a1…", "credential": {"id": "9x2k…", "type": "public-key"}}],
        },
    )

    challenge: Token
    credential: Credential
    mode: Mode = "bearer"


class PasskeyChallenge(BaseModel):
    """A question to a passkey."""

    challenge: str = Field(description="To be sent back with the answer")
    expires_in_seconds: int = Field(examples=[300])
    options: Options


class ProofRequest(BaseModel):
    """A proof that whoever is signed in is there, by a factor if they have one and by password if not."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"proof": {"method": "password", "password": "walnut copper lighthouse"}}]},
    )

    proof: AnyProof
    challenge: Token | None = Field(default=None, description="For a passkey: from `/v1/me/proofs/challenges`")


class Proven(BaseModel):
    """For ten minutes from now, what needs a recent proof may be done from this sign-in."""

    status: Literal["proven"] = "proven"
    until: datetime


class AppSetUp(BaseModel):
    """What an authenticator app needs. Shown this once; it counts once a code is confirmed."""

    secret: str = Field(description="To be typed where no picture can be read")
    otpauth_uri: str = Field(description="To be drawn as a QR code")


class CodeConfirmation(BaseModel):
    """A code that the app shows now."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"code": "492039"}]}
    )

    code: Annotated[str, StringConstraints(pattern="^[0-9]{6}$")]


class NewPasskey(BaseModel):
    """A passkey that the browser made."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [
                {
                    "challenge": "f3a1…",
                    "name": "Phone",
                    "credential": {"id": "9x2k…", "type": "public-key"},
                }
            ]
        },
    )

    challenge: Token
    name: Name
    credential: Credential


class FactorAdded(BaseModel):
    """A factor that counts from now on. Holders of tokens fetch new ones; cookies are renewed by this answer."""

    recovery_codes: list[str] | None = Field(description="With the first factor: ten codes, shown this once")


class RecoveryCodes(BaseModel):
    """Ten codes, shown this once. Those before work no more."""

    recovery_codes: list[str]


class AppOut(BaseModel):
    """An authenticator app."""

    added_at: datetime


class PasskeyOut(BaseModel):
    """A passkey."""

    id: UUID
    name: str
    added_at: datetime
    last_used_at: datetime | None


class SecondFactors(BaseModel):
    """What the caller has beside a password."""

    is_required: bool = Field(description="Whether a role of theirs needs one")
    totp: AppOut | None
    passkeys: list[PasskeyOut]
    recovery_codes_left: int
