"""Certificates as `certificate.awarded` and `certificate.revoked` told of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class HeldCertificate(Base):
    """A teacher completed a scheme. The first award is kept."""

    __tablename__ = "held_certificate"

    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    awarded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it is not held any more; certificates are revoked for good."""
