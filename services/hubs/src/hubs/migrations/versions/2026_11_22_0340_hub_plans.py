"""Plans of hubs, with their revisions and lines.

Revision: 0340. Follows: 0330.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0340"
down_revision = "0330"
branch_labels = None
depends_on = None


def _status() -> sa.Enum:
    values = ("draft", "submitted", "returned", "agreed")
    return sa.Enum(*values, name="status", native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    _hub_plan()
    _hub_plan_revision()
    _hub_plan_line()


def _hub_plan() -> None:
    op.create_table(
        "hub_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_slug", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("status", _status(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("agreed_revision", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("agreed_revision <= revision", name=op.f("ck_hub_plan_agreed_revision")),
        sa.ForeignKeyConstraint(
            ["network_slug", "project_year", "hub_id"],
            ["network_hub.network_slug", "network_hub.project_year", "network_hub.hub_id"],
            name="fk_hub_plan_hub",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_plan")),
        sa.UniqueConstraint(
            "network_slug", "project_year", "hub_id", name=op.f("uq_hub_plan_network_slug_project_year_hub_id")
        ),
    )
    op.create_index("ix_hub_plan_hub_id", "hub_plan", ["hub_id"], unique=False)


def _hub_plan_revision() -> None:
    op.create_table(
        "hub_plan_revision",
        sa.Column("hub_plan_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", _status(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("findings", postgresql.JSONB(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('agreed', 'returned')) = (decided_at IS NOT NULL)", name=op.f("ck_hub_plan_revision_decided")
        ),
        sa.CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name=op.f("ck_hub_plan_revision_submitted")),
        sa.CheckConstraint("submitted_by <> decided_by", name=op.f("ck_hub_plan_revision_two_people")),
        sa.ForeignKeyConstraint(["hub_plan_id"], ["hub_plan.id"], name=op.f("fk_hub_plan_revision_hub_plan_id")),
        sa.PrimaryKeyConstraint("hub_plan_id", "revision", name=op.f("pk_hub_plan_revision")),
    )


def _hub_plan_line() -> None:
    op.create_table(
        "hub_plan_line",
        sa.Column("hub_plan_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("strand", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("schools", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("leads", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "groups >= 0 AND schools >= 0 AND participants >= 0 AND leads >= 0", name=op.f("ck_hub_plan_line_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["hub_plan_id", "revision"],
            ["hub_plan_revision.hub_plan_id", "hub_plan_revision.revision"],
            name="fk_hub_plan_line_revision",
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "number"],
            ["project_version.project_id", "project_version.number"],
            name="fk_hub_plan_line_project_version",
        ),
        sa.PrimaryKeyConstraint("hub_plan_id", "revision", "project_id", "strand", name=op.f("pk_hub_plan_line")),
    )
    op.create_index("ix_hub_plan_line_project_id", "hub_plan_line", ["project_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
