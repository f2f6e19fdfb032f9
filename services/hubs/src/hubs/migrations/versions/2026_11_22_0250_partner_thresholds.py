"""Completion thresholds, and corrected and withdrawn reports of partners.

Revision: partner_thresholds. Follows: calendars.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "partner_thresholds"
down_revision = "calendars"
branch_labels = None
depends_on = None

STATES = ("queued", "recorded", "duplicate", "below_threshold", "withdrawn", "not_ours")


def upgrade() -> None:
    _thresholds()
    _learners()
    _reports()
    _corrections()


def _thresholds() -> None:
    op.create_table(
        "completion_threshold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_code", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("percent > 0 AND percent <= 100", name=op.f("ck_completion_threshold_percent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_completion_threshold_version")),
        sa.ForeignKeyConstraint(
            ["activity_code"], ["activity.code"], name=op.f("fk_completion_threshold_activity_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_threshold")),
        sa.UniqueConstraint(
            "activity_code",
            "version",
            name=op.f("uq_completion_threshold_activity_code_version"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    chassis_schema.make_append_only(op, "completion_threshold")


def _learners() -> None:
    op.add_column("partner_learner", sa.Column("school_urn", sa.String(length=6), nullable=True))
    aside = sa.Enum("not_ours", "split", "unlinked", name="set_aside", native_enum=False, length=30)
    op.add_column("partner_learner", sa.Column("set_aside", aside, nullable=True))
    op.create_check_constraint(
        op.f("ck_partner_learner_set_aside"), "partner_learner", "set_aside IN ('not_ours', 'split', 'unlinked')"
    )
    op.create_check_constraint(
        op.f("ck_partner_learner_set_aside_or_linked"), "partner_learner", "set_aside IS NULL OR teacher_id IS NULL"
    )
    op.create_index(
        "ix_partner_learner_teacher_id",
        "partner_learner",
        ["teacher_id"],
        postgresql_where=sa.text("teacher_id IS NOT NULL"),
    )
    op.create_index("ix_partner_learner_external_learner_id", "partner_learner", ["external_learner_id"])
    op.create_index(op.f("ix_teacher_school_urn"), "teacher", ["school_urn"])
    op.create_table(
        "match_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "linked",
                "not_ours",
                "split",
                "unlinked",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'linked') = (teacher_id IS NOT NULL)", name=op.f("ck_match_decision_teacher_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["partner_learner.id"], name=op.f("fk_match_decision_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_decision")),
    )
    op.create_index("ix_match_decision_learner_id", "match_decision", ["learner_id"])
    chassis_schema.make_append_only(op, "match_decision")


def _reports() -> None:
    for column in ("learner_id", "activity_code", "hours", "completed_on"):
        op.alter_column("completion_report", column, nullable=True)
    for column in (
        sa.Column("catalogue_hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("percent", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("occurred_at", UtcDateTime(), nullable=True),
        sa.Column("external_run_id", sa.String(length=100), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("revised_at", UtcDateTime(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("threshold_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), server_default=sa.func.now(), nullable=False),
    ):
        op.add_column("completion_report", column)
    # The last that is known of rows from before.
    op.execute("UPDATE completion_report SET changed_at = received_at")
    op.create_foreign_key(
        op.f("fk_completion_report_threshold_id"),
        "completion_report",
        "completion_threshold",
        ["threshold_id"],
        ["id"],
    )
    op.drop_constraint(op.f("ck_completion_report_completion_id"), "completion_report")
    op.drop_constraint(op.f("state"), "completion_report")
    checks = {
        "percent": "percent >= 0 AND percent <= 100",
        "completion_id": "state NOT IN ('recorded', 'duplicate') OR completion_id IS NOT NULL",
        "is_withdrawn": "is_withdrawn = (state = 'withdrawn')",
        "whole": "is_withdrawn OR (learner_id IS NOT NULL AND activity_code IS NOT NULL AND completed_on IS NOT NULL"
        " AND (state = 'below_threshold' OR hours IS NOT NULL OR catalogue_hours IS NOT NULL))",
        "state": f"state IN {STATES}",
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_completion_report_{name}"), "completion_report", condition)
    op.create_index(
        "ix_completion_report_learner_id_activity_code", "completion_report", ["learner_id", "activity_code"]
    )
    op.create_index(
        "ix_completion_report_teacher_id",
        "completion_report",
        ["teacher_id"],
        postgresql_where=sa.text("teacher_id IS NOT NULL"),
    )
    op.create_index("ix_completion_report_changed_at", "completion_report", ["organisation_id", "changed_at", "id"])


def _corrections() -> None:
    op.add_column("completion_correction", sa.Column("completed_on", sa.Date(), nullable=True))
    op.drop_constraint(op.f("ck_completion_correction_hours"), "completion_correction")
    op.create_check_constraint(
        op.f("ck_completion_correction_hours"),
        "completion_correction",
        "hours >= 0 AND (hours <> hours_before OR completed_on IS NOT NULL)",
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
