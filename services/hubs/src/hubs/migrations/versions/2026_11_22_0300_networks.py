"""Networks, their projects as numbered documents, their hubs, and proposals to change what is in force.

Revision: 0300. Follows: 0290.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0300"
down_revision = "0290"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    _network_proposal()
    _network()
    _network_version()
    _network_hub()
    _network_hub_fact()
    _network_hub_target()
    _project()
    _project_version()


def _network_proposal() -> None:
    op.create_table(
        "network_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("national_team_id", sa.Uuid(), nullable=False),
        sa.Column("file", postgresql.JSONB(), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        sa.Column("changes_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", _one_of("status", "proposed", "approved", "refused"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_network_proposal_decided")),
        sa.CheckConstraint("proposed_by <> decided_by", name=op.f("ck_network_proposal_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_proposal")),
    )
    op.create_index(
        "ix_network_proposal_network_slug_project_year",
        "network_proposal",
        ["network_slug", "project_year"],
        unique=False,
    )


def _network() -> None:
    op.create_table(
        "network",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("national_team", sa.String(length=60), nullable=False),
        sa.Column("national_team_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_network")),
    )


def _network_version() -> None:
    op.create_table(
        "network_version",
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_network_version_number")),
        sa.ForeignKeyConstraint(["network_slug"], ["network.slug"], name=op.f("fk_network_version_network_slug")),
        sa.ForeignKeyConstraint(["proposal_id"], ["network_proposal.id"], name=op.f("fk_network_version_proposal_id")),
        sa.PrimaryKeyConstraint("network_slug", "project_year", "number", name=op.f("pk_network_version")),
    )


def _network_hub() -> None:
    op.create_table(
        "network_hub",
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_network_hub_days")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_network_hub_hub_id")),
        sa.ForeignKeyConstraint(["network_slug"], ["network.slug"], name=op.f("fk_network_hub_network_slug")),
        sa.PrimaryKeyConstraint("network_slug", "project_year", "hub_id", name=op.f("pk_network_hub")),
    )
    op.create_index("ix_network_hub_hub_id", "network_hub", ["hub_id"], unique=False)


def _of_hub(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_slug", "project_year", "hub_id"],
        ["network_hub.network_slug", "network_hub.project_year", "network_hub.hub_id"],
        name=f"fk_{table}_hub",
    )


def _network_hub_fact() -> None:
    op.create_table(
        "network_hub_fact",
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_network_hub_fact_value")),
        _of_hub("network_hub_fact"),
        sa.PrimaryKeyConstraint("network_slug", "project_year", "hub_id", "fact", name=op.f("pk_network_hub_fact")),
    )


def _network_hub_target() -> None:
    op.create_table(
        "network_hub_target",
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("measure", _one_of("measure", "groups", "schools", "participants", "hubs"), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("at_least > 0", name=op.f("ck_network_hub_target_at_least")),
        _of_hub("network_hub_target"),
        sa.PrimaryKeyConstraint(
            "network_slug", "project_year", "hub_id", "code", "measure", name=op.f("pk_network_hub_target")
        ),
    )


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", _one_of("kind", "programme", "work_group", "community"), nullable=False),
        sa.Column(
            "participation",
            _one_of("participation", "required", "recommended", "one_of_set", "optional"),
            nullable=False,
        ),
        sa.Column("phases", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_project_number")),
        sa.ForeignKeyConstraint(["network_slug"], ["network.slug"], name=op.f("fk_project_network_slug")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint(
            "network_slug", "project_year", "code", name=op.f("uq_project_network_slug_project_year_code")
        ),
    )
    op.create_index("ix_project_card", "project", ["card"], unique=False)


def _project_version() -> None:
    op.create_table(
        "project_version",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_version_project_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["network_proposal.id"], name=op.f("fk_project_version_proposal_id")),
        sa.PrimaryKeyConstraint("project_id", "number", name=op.f("pk_project_version")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
