"""Scheme versions as data, their approval and stored cases; re-evaluations; activities that replace others.

Revision: 0210. Follows: 0200.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0210"
down_revision = "0200"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("scheme_version", sa.Column("standing", sa.String(10), server_default="in_force", nullable=False))
    op.create_check_constraint(
        op.f("ck_scheme_version_standing"), "scheme_version", "standing IN ('in_force', 'on_record')"
    )
    op.add_column("activity", sa.Column("replaced_by", sa.String(120), nullable=True))
    op.add_column("certificate_review", sa.Column("re_evaluation_id", sa.Uuid(), nullable=True))
    op.drop_constraint(op.f("ck_certificate_review_ground"), "certificate_review")
    op.create_check_constraint(
        op.f("ck_certificate_review_ground"),
        "certificate_review",
        "num_nonnulls(completion_id, contribution_id, re_evaluation_id) = 1",
    )
    _drafts()
    _re_evaluations()
    _pending_awards()
    chassis_schema.make_append_only(op, "re_evaluation_finding")
    chassis_schema.make_append_only(op, "scheme_case")


def _drafts() -> None:
    op.create_table(
        "scheme_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("standing", sa.String(10), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("cases", JSON, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tested_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'tested', 'approved', 'declined', 'published')", name=op.f("ck_scheme_draft_status")
        ),
        sa.CheckConstraint("standing IN ('in_force', 'on_record')", name=op.f("ck_scheme_draft_standing")),
        sa.CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name=op.f("ck_scheme_draft_dates")),
        sa.CheckConstraint("decided_by <> author_id", name=op.f("ck_scheme_draft_second_person")),
        sa.CheckConstraint(
            "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_scheme_draft_decision"),
        ),
        sa.CheckConstraint(
            "(status = 'published') = (published_version IS NOT NULL)", name=op.f("ck_scheme_draft_publication")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_scheme_draft_scheme")),
        sa.ForeignKeyConstraint(
            ["scheme", "published_version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_scheme_draft_scheme_published_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_draft")),
        sa.UniqueConstraint("scheme", "published_version", name=op.f("uq_scheme_draft_scheme_published_version")),
    )
    op.create_index("ix_scheme_draft_scheme_id", "scheme_draft", ["scheme", "id"])
    op.create_table(
        "scheme_case",
        sa.Column("scheme", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme", "version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_scheme_case_scheme_version"),
        ),
        sa.PrimaryKeyConstraint("scheme", "version", "name", name=op.f("pk_scheme_case")),
    )


def _re_evaluations() -> None:
    op.create_table(
        "re_evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(60), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("rules", JSON, nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'finished', 'cancelled')", name=op.f("ck_re_evaluation_status")
        ),
        sa.CheckConstraint(
            "action IN ('dry_run', 'migrate_if_better', 'migrate_all', 'recheck')",
            name=op.f("ck_re_evaluation_action"),
        ),
        sa.CheckConstraint("(action = 'recheck') = (rules IS NULL)", name=op.f("ck_re_evaluation_rules")),
        sa.CheckConstraint("(version IS NULL) OR (draft_id IS NULL)", name=op.f("ck_re_evaluation_target")),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_re_evaluation_progress")),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_re_evaluation_scheme")),
        sa.ForeignKeyConstraint(["draft_id"], ["scheme_draft.id"], name=op.f("fk_re_evaluation_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_evaluation")),
    )
    is_open = sa.text("status IN ('queued', 'running')")
    is_moving = sa.text("status IN ('queued', 'running') AND action <> 'dry_run'")
    op.create_index("uq_re_evaluation_moving", "re_evaluation", ["scheme"], unique=True, postgresql_where=is_moving)
    op.create_index("ix_re_evaluation_open", "re_evaluation", ["id"], postgresql_where=is_open)
    op.create_table(
        "re_evaluation_finding",
        sa.Column("re_evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("is_awarded", sa.Boolean(), nullable=False),
        sa.Column("was_moved", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('stays_complete', 'would_complete', 'would_lose', 'stays_incomplete')",
            name=op.f("ck_re_evaluation_finding_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["re_evaluation_id"], ["re_evaluation.id"], name=op.f("fk_re_evaluation_finding_re_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_re_evaluation_finding_teacher_id")
        ),
        sa.PrimaryKeyConstraint("re_evaluation_id", "teacher_id", name=op.f("pk_re_evaluation_finding")),
    )
    op.create_index(
        "ix_re_evaluation_finding_outcome", "re_evaluation_finding", ["re_evaluation_id", "outcome", "teacher_id"]
    )


def _pending_awards() -> None:
    op.create_table(
        "pending_award",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(60), nullable=False),
        sa.Column("earned_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_pending_award_scheme")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_pending_award_teacher_id")),
        sa.PrimaryKeyConstraint("teacher_id", "scheme", name=op.f("pk_pending_award")),
    )
    op.create_index(op.f("ix_pending_award_due_at"), "pending_award", ["due_at"])


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
