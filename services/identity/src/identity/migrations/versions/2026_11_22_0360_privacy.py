"""Exports of everything, retention, people who were forgotten, and signed heads of the audit trail.

Revision: 0360. Follows: 0350.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0360"
down_revision = "0350"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v4(op)
    _make_exports()
    _make_views()
    _refuse_mail()


def _make_exports() -> None:
    op.create_table(
        "person_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('gathering', 'ready')", name=op.f("ck_person_export_status")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_export_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_export")),
    )
    op.create_index(op.f("ix_person_export_person_id"), "person_export", ["person_id"])
    gathering = sa.text("status = 'gathering'")
    op.create_index(
        "uq_person_export_gathering", "person_export", ["person_id"], unique=True, postgresql_where=gathering
    )
    op.create_table(
        "person_export_part",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(20), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("counts", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("files", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["person_export.id"], name=op.f("fk_person_export_part_export_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("export_id", "service", name=op.f("pk_person_export_part")),
    )


def _make_views() -> None:
    op.create_table(
        "data_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("viewed_at", UtcDateTime(), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_view_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_view")),
    )
    op.create_index("ix_data_view_person_id_viewed_at", "data_view", ["person_id", "viewed_at"])


def _refuse_mail() -> None:
    op.add_column("mail", sa.Column("refused_at", UtcDateTime(), nullable=True))
    op.add_column("mail", sa.Column("refusal", sa.String(80), nullable=True))
    op.drop_index("ix_mail_waiting", table_name="mail")
    waiting = sa.text("sent_at IS NULL AND refused_at IS NULL")
    op.create_index("ix_mail_waiting", "mail", ["retry_at"], postgresql_where=waiting)
    op.create_table(
        "refused_address",
        sa.Column("to_key", sa.String(254), nullable=False),
        sa.Column("refusal", sa.String(80), nullable=False),
        sa.Column("refused_at", UtcDateTime(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("to_key", name=op.f("pk_refused_address")),
    )


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
