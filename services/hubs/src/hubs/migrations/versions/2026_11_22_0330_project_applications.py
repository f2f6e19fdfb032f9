"""Applications of schools and people to take part in projects.

Revision: 0330. Follows: 0320.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0330"
down_revision = "0320"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "project_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("project_version", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=20), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("is_of_school", sa.Boolean(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            _one_of("status", "interested", "applied", "waiting", "selected", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("declarations", postgresql.JSONB(), nullable=False),
        sa.Column("overrides", postgresql.JSONB(), nullable=False),
        sa.Column("decision", postgresql.JSONB(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("committed_by", sa.Uuid(), nullable=True),
        sa.Column("committed_at", UtcDateTime(), nullable=True),
        sa.Column("caused_by", sa.Uuid(), nullable=True),
        sa.Column("consequences", postgresql.JSONB(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'selected') <= (group_id IS NOT NULL)", name=op.f("ck_project_application_group")
        ),
        sa.CheckConstraint(
            "status = 'interested' OR status IN ('declined', 'withdrawn') OR applied_at IS NOT NULL",
            name=op.f("ck_project_application_applied"),
        ),
        sa.CheckConstraint(
            "(committed_at IS NULL) = (committed_by IS NULL)", name=op.f("ck_project_application_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["caused_by"], ["project_application.id"], name=op.f("fk_project_application_caused_by")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_project_application_group_id")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_project_application_hub_id")),
        sa.ForeignKeyConstraint(["network"], ["network.slug"], name=op.f("fk_project_application_network")),
        sa.ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_application_version",
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_application_project_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_project_application_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_application")),
    )
    op.create_index("ix_project_application_hub_id_id", "project_application", ["hub_id", "id"], unique=False)
    op.create_index("ix_project_application_person_id", "project_application", ["person_id"], unique=False)
    op.create_index("ix_project_application_urn", "project_application", ["urn"], unique=False)
    op.create_index(
        "ix_project_application_waiting",
        "project_application",
        ["project_id", "hub_id", sa.literal_column("priority DESC"), "applied_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        "uq_project_application_person",
        "project_application",
        ["project_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("NOT is_of_school AND status IN ('interested', 'applied', 'waiting', 'selected')"),
    )
    op.create_index(
        "uq_project_application_school",
        "project_application",
        ["project_id", "urn"],
        unique=True,
        postgresql_where=sa.text("is_of_school AND status IN ('interested', 'applied', 'waiting', 'selected')"),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
