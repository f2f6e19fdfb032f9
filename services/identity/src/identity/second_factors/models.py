"""Second factors as stored: secrets sealed, codes as digests, passkeys with their public halves only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class TotpFactor(Base):
    """An authenticator app that shows a code of six digits every half minute (RFC 6238). One a person."""

    __tablename__ = "totp_factor"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed by the key that is named beside it, for this person alone."""
    key_id: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the first code proved that the app has the secret; it is no factor before."""
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The half minute of the last code that was accepted: neither it nor an earlier one is accepted again."""


class Passkey(Base):
    """A key pair whose private half never leaves the holder's device (WebAuthn)."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often the device says that it has signed; a count that does not grow is a copy's."""
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code on paper for the day on which the other factors are lost. Works once, and goes with its use."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProofChallenge(Base):
    """A question that waits some minutes for its proof: a second step of signing in, or what a passkey signs."""

    __tablename__ = "proof_challenge"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    """`second_step`, `passkey_sign_in`, `passkey_addition` or `step_up`."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Null where the passkey will say who it is."""
    nonce: Mapped[bytes] = mapped_column(LargeBinary)
    """What a passkey has to sign."""
    methods: Mapped[list[str]] = mapped_column(JSONB)
    """How the person has proven themself so far."""
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    elsewhere_account: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Where the first step was taken at a provider: as in the sign-in that follows."""
    elsewhere_session: Mapped[bytes | None] = mapped_column(LargeBinary)
