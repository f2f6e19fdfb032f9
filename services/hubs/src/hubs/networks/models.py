"""Networks, what holds in each of their years, the hubs that take part, and what is known and wanted of each hub."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of
from hubs.projects.parts import Measure


class Network(Base):
    """Hubs under one national team. `national_team_id` is an organisation of identity's."""

    __tablename__ = "network"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(60))
    national_team: Mapped[str] = mapped_column(String(60))
    national_team_id: Mapped[UUID]


class NetworkVersion(Base):
    """A network's document for one year as it stood; the highest number is in force. Rows never change."""

    __tablename__ = "network_version"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)

    network_slug: Mapped[str] = mapped_column(ForeignKey("network.slug"), primary_key=True)
    project_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    checksum: Mapped[str] = mapped_column(String(64))
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("network_proposal.id"))
    """Null for what came with the platform."""
    in_force_at: Mapped[datetime]


class NetworkHub(Base):
    """A hub that takes part in a network in a year."""

    __tablename__ = "network_hub"
    __table_args__ = (
        CheckConstraint("left_on >= joined_on", name="days"),
        Index("ix_network_hub_hub_id", "hub_id"),
    )

    network_slug: Mapped[str] = mapped_column(ForeignKey("network.slug"), primary_key=True)
    project_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"), primary_key=True)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    """The last day, itself included."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class HubFactValue(Base):
    """What is known of a hub in a network's year: an answer to one of the network's `hub_facts`; yes is 1."""

    __tablename__ = "network_hub_fact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["network_slug", "project_year", "hub_id"],
            ["network_hub.network_slug", "network_hub.project_year", "network_hub.hub_id"],
            name="fk_network_hub_fact_hub",
        ),
        CheckConstraint("value >= 0", name="value"),
    )

    network_slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    project_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int]
    told_by: Mapped[UUID | None]
    told_at: Mapped[datetime]


class RecruitmentTarget(Base):
    """What the national team has agreed with a hub for one project: at least so many of something."""

    __tablename__ = "network_hub_target"
    __table_args__ = (
        ForeignKeyConstraint(
            ["network_slug", "project_year", "hub_id"],
            ["network_hub.network_slug", "network_hub.project_year", "network_hub.hub_id"],
            name="fk_network_hub_target_hub",
        ),
        CheckConstraint("at_least > 0", name="at_least"),
    )

    network_slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    project_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    measure: Mapped[Measure] = mapped_column(one_of("measure", Measure), primary_key=True)
    at_least: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    set_by: Mapped[UUID | None]
    set_at: Mapped[datetime]
