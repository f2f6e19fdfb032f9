"""Who saw somebody's data in the other services, as they tell. What identity itself shows is in its audit trail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class DataViewed(Base):
    """Somebody of the staff saw what a service holds about a person."""

    __tablename__ = "data_view"
    __table_args__ = (Index("ix_data_view_person_id_viewed_at", "person_id", "viewed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    service: Mapped[str] = mapped_column(String(40))
    viewer_id: Mapped[UUID]
    what: Mapped[str] = mapped_column(String(120))
    viewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[str | None] = mapped_column(String(64))
