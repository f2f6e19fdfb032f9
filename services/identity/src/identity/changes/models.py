"""The change feed as stored: each thing once, as it stands, at the place of its last change."""

from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class PartnerChange(Base):
    """One thing that partners may know of."""

    __tablename__ = "partner_change"

    resource: Mapped[str] = mapped_column(String(40), primary_key=True)
    resource_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, unique=True)
    """Given out under a lock that is held until commit: whoever sees a position sees all before it."""
    organisation_id: Mapped[UUID | None]
    """The only organisation that may know; null where everybody may."""
    version: Mapped[int] = mapped_column(BigInteger)
    """Of the state held here; an older one that arrives later changes nothing."""
    is_removed: Mapped[bool]
    """Kept as a tombstone, so that a follower hears of the removal whenever it comes back."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, JsonValue] | None] = mapped_column(JSONB(none_as_null=True))


class PartnerChangeHead(Base):
    """The last position that was given out. One row."""

    __tablename__ = "partner_change_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[UUID]
    """Changed when positions start anew, as after restoring a backup: cursors from before are not believed."""
    position: Mapped[int] = mapped_column(BigInteger)
