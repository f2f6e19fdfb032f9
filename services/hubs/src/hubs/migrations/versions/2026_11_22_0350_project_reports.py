"""Reports that a project's evaluation asks for, reminders of them, and the key of the national export.

Revision: 0350. Follows: 0340.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0350"
down_revision = "0340"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "project_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("project_version", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=20), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "by",
            _one_of("by", "lead", "participant", "school", "hub", "co_ordination_team", "lead_evaluator"),
            nullable=False,
        ),
        sa.Column("kind", _one_of("kind", "report", "survey", "data", "attendance", "case_study"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_in_words", sa.Text(), nullable=True),
        sa.Column(
            "status",
            _one_of("status", "draft", "submitted", "returned", "accepted", "withdrawn"),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('submitted', 'returned', 'accepted')) <= (submitted_at IS NOT NULL)",
            name=op.f("ck_project_report_handed"),
        ),
        sa.CheckConstraint(
            "(status IN ('returned', 'accepted')) <= (decided_at IS NOT NULL)", name=op.f("ck_project_report_decided")
        ),
        sa.CheckConstraint("(status = 'returned') <= (reason IS NOT NULL)", name=op.f("ck_project_report_reason")),
        sa.ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_report_version",
        ),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_project_report_group_id")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_project_report_hub_id")),
        sa.ForeignKeyConstraint(["network"], ["network.slug"], name=op.f("fk_project_report_network")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["group_participant.id"], name=op.f("fk_project_report_participant_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_report_project_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_project_report_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_report")),
        sa.UniqueConstraint("project_id", "duty", "subject", name=op.f("uq_project_report_project_id_duty_subject")),
    )
    for name, columns in {
        "ix_project_report_network_id": ["network", "id"],
        "ix_project_report_hub_id_id": ["hub_id", "id"],
        "ix_project_report_group_id": ["group_id"],
        "ix_project_report_participant_id": ["participant_id"],
        "ix_project_report_urn": ["urn"],
    }.items():
        op.create_index(name, "project_report", columns, unique=False)
    op.create_index(
        "ix_project_report_due_on",
        "project_report",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("status IN ('draft', 'returned')"),
    )
    op.create_table(
        "sent_report_reminder",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["project_report.id"], name=op.f("fk_sent_report_reminder_report_id")),
        sa.PrimaryKeyConstraint("report_id", "person_id", "due_on", "days", name=op.f("pk_sent_report_reminder")),
    )
    op.create_table(
        "evaluation_key",
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.slug"], name=op.f("fk_evaluation_key_network")),
        sa.PrimaryKeyConstraint("network", "project_year", name=op.f("pk_evaluation_key")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
