"""Organisations in groups, and people whom groups send to occasions of the network.

Revision: 0420. Follows: 0410.
"""

import sqlalchemy as sa
from alembic import op

revision = "0420"
down_revision = "0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_group_organisation_dates")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_organisation_group_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_group_organisation_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_organisation")),
    )
    op.create_index(
        "uq_group_organisation_project",
        "group_organisation",
        ["project_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_index("ix_group_organisation_group_id", "group_organisation", ["group_id", "id"])
    op.create_table(
        "group_delegate",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(length=60), nullable=False),
        sa.Column("occasion", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("present", "absent", native_enum=False, create_constraint=True, length=30, name="presence"),
            nullable=True,
        ),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_delegate_group_id")),
        sa.PrimaryKeyConstraint("group_id", "activity", "occasion", "person_id", name=op.f("pk_group_delegate")),
    )
    op.create_index("ix_group_delegate_person_id", "group_delegate", ["person_id"])
    op.add_column("group_participant", sa.Column("organisation_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
