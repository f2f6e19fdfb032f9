"""Proposed changes to the documents of a network's year."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

ProposalStatus = Literal["proposed", "approved", "refused"]


class NetworkProposal(Base):
    """What somebody of the national team wants to be in force: the whole network's year as it then would be."""

    __tablename__ = "network_proposal"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
        Index("ix_network_proposal_network_slug_project_year", "network_slug", "project_year"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    network_slug: Mapped[str] = mapped_column(String(60))
    """No foreign key: the network may be new."""
    project_year: Mapped[str] = mapped_column(String(7))
    national_team_id: Mapped[UUID]
    """The team whose proposal it is: the network's, or of a new network the one that its document names."""
    file: Mapped[dict[str, Any]] = mapped_column(JSONB)
    base: Mapped[str] = mapped_column(String(64))
    """Checksum of what was in force when it was proposed."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    changes_count: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[ProposalStatus] = mapped_column(one_of("status", ProposalStatus))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(Text)
