"""Sign-ins as stored: no token is in here, only digests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class SignIn(Base):
    """One sign-in and the family of refresh tokens that descends from it."""

    __tablename__ = "sign_in"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The absolute end: rotation does not move it."""
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it last fetched tokens; null where it never did since it began."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    methods: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[\"pwd\"]'"))
    """How its person proved who they are, in the words of RFC 8176."""
    proven_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they last did; null in a sign-in from before this was noted, which is when it started."""
    factor_proven_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they last proved a second factor, or a passkey."""
    ended_because: Mapped[str | None] = mapped_column(String(20))
    """`logged_out`, `token_reused`, or why it was ended from outside (`ends.Because`)."""
    elsewhere_account: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    """Where it began at a provider, the account there (`elsewhere.account_at`); null for our own."""
    elsewhere_session: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    """The session there, where the provider named it."""


class RefreshToken(Base):
    """One member of the family. A used one is kept so that a second use is noticed."""

    __tablename__ = "refresh_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    successor_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    """With this token it yields the next, so that a lost reply can be repeated; forgotten once the next is used."""


class SignInAttempts(Base):
    """Recent failures for one account name or one network address, by digest."""

    __tablename__ = "sign_in_attempts"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int]
    counted_since: Mapped[datetime] = mapped_column(UtcDateTime)
    retry_at: Mapped[datetime] = mapped_column(UtcDateTime)
