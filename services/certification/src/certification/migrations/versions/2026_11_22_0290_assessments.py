"""Assessments: question banks, attempts, passes, adjustments, re-markings and providers.

Revision: 0290. Follows: 0280.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None

APPEND_ONLY = ("question", "bank_question", "question_retirement", "assessment_pass", "re_marking_change")


def upgrade() -> None:
    _assessment_provider()
    _assessment()
    _assessment_opening()
    _assessment_adjustment()
    _question()
    _question_bank()
    _assessment_attempt()
    _bank_question()
    _question_retirement()
    _re_marking()
    _assessment_pass()
    _attempt_item()
    _attempt_launch()
    _provider_result()
    _re_marking_change()
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _assessment_provider() -> None:
    op.create_table(
        "assessment_provider",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("launch_url", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_assessment_provider")),
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_assessment_scheme")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_assessment")),
        sa.UniqueConstraint("scheme", name=op.f("uq_assessment_scheme")),
    )


def _assessment_opening() -> None:
    op.create_table(
        "assessment_opening",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_assessment_opening_scheme")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_assessment_opening_teacher_id")),
        sa.PrimaryKeyConstraint("teacher_id", "scheme", name=op.f("pk_assessment_opening")),
    )


def _assessment_adjustment() -> None:
    op.create_table(
        "assessment_adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("extra_time_percent", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_assessment_adjustment_ended")),
        sa.CheckConstraint("extra_time_percent BETWEEN 1 AND 100", name=op.f("ck_assessment_adjustment_extra_time")),
        sa.CheckConstraint("granted_by <> teacher_id", name=op.f("ck_assessment_adjustment_second_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.slug"], name=op.f("fk_assessment_adjustment_assessment")),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_assessment_adjustment_teacher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_adjustment")),
    )
    op.create_index(
        "ix_assessment_adjustment_assessment_id", "assessment_adjustment", ["assessment", "id"], unique=False
    )
    op.create_index(
        "uq_assessment_adjustment_standing",
        "assessment_adjustment",
        ["teacher_id", "assessment"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("difficulty", sa.String(length=12), nullable=False),
        sa.Column("marks", sa.SmallInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("marks > 0", name=op.f("ck_question_marks")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.slug"], name=op.f("fk_question_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("assessment", "name", "digest", name=op.f("uq_question_assessment_name_digest")),
    )


def _question_bank() -> None:
    op.create_table(
        "question_bank",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("announced_through", sa.Uuid(), nullable=True),
        sa.Column("announced_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(author_id IS NULL) = (origin = 'reference')", name=op.f("ck_question_bank_origin")),
        sa.CheckConstraint(
            "(status = 'published') = (version IS NOT NULL AND published_at IS NOT NULL)",
            name=op.f("ck_question_bank_version"),
        ),
        sa.CheckConstraint(
            "status = 'draft' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL) OR origin = 'reference'",
            name=op.f("ck_question_bank_decision"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'approved', 'declined', 'published')", name=op.f("ck_question_bank_status")
        ),
        sa.CheckConstraint("decided_by <> author_id", name=op.f("ck_question_bank_second_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.slug"], name=op.f("fk_question_bank_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_bank")),
        sa.UniqueConstraint("assessment", "version", name=op.f("uq_question_bank_assessment_version")),
    )
    op.create_index("ix_question_bank_assessment_id", "question_bank", ["assessment", "id"], unique=False)


def _assessment_attempt() -> None:
    op.create_table(
        "assessment_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("provider", sa.String(length=60), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("deadline_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("extra_time_percent", sa.SmallInteger(), nullable=False),
        sa.Column("pass_percent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("saved_number", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=10), nullable=True),
        sa.Column("marks_awarded", sa.Integer(), nullable=True),
        sa.Column("marks_possible", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("outcome", sa.String(length=6), nullable=True),
        sa.CheckConstraint("(status = 'in_progress') = (ended_at IS NULL)", name=op.f("ck_assessment_attempt_ended")),
        sa.CheckConstraint(
            "ended_by IN ('submission', 'time_limit', 'expiry', 'result')", name=op.f("ck_assessment_attempt_ended_by")
        ),
        sa.CheckConstraint("outcome IN ('passed', 'failed')", name=op.f("ck_assessment_attempt_outcome")),
        sa.CheckConstraint(
            "status <> 'marked' OR (outcome IS NOT NULL AND percent IS NOT NULL)",
            name=op.f("ck_assessment_attempt_marked"),
        ),
        sa.CheckConstraint("status IN ('in_progress', 'marked', 'expired')", name=op.f("ck_assessment_attempt_status")),
        sa.CheckConstraint("extra_time_percent BETWEEN 0 AND 100", name=op.f("ck_assessment_attempt_extra_time")),
        sa.CheckConstraint(
            "started_at < deadline_at AND deadline_at <= expires_at", name=op.f("ck_assessment_attempt_times")
        ),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.slug"], name=op.f("fk_assessment_attempt_assessment")),
        sa.ForeignKeyConstraint(["bank_id"], ["question_bank.id"], name=op.f("fk_assessment_attempt_bank_id")),
        sa.ForeignKeyConstraint(
            ["provider"], ["assessment_provider.slug"], name=op.f("fk_assessment_attempt_provider")
        ),
        sa.ForeignKeyConstraint(
            ["scheme", "scheme_version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_assessment_attempt_scheme_scheme_version"),
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_assessment_attempt_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_attempt")),
        sa.UniqueConstraint(
            "teacher_id", "assessment", "number", name=op.f("uq_assessment_attempt_teacher_id_assessment_number")
        ),
    )
    op.create_index("ix_assessment_attempt_assessment_id", "assessment_attempt", ["assessment", "id"], unique=False)
    op.create_index(
        "ix_assessment_attempt_deadline_at",
        "assessment_attempt",
        ["deadline_at"],
        unique=False,
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    op.create_index(
        "uq_assessment_attempt_in_progress",
        "assessment_attempt",
        ["teacher_id", "assessment"],
        unique=True,
        postgresql_where=sa.text("status = 'in_progress'"),
    )


def _bank_question() -> None:
    op.create_table(
        "bank_question",
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["question_bank.id"], name=op.f("fk_bank_question_bank_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_bank_question_question_id")),
        sa.PrimaryKeyConstraint("bank_id", "question_id", name=op.f("pk_bank_question")),
    )
    op.create_index("ix_bank_question_question_id", "bank_question", ["question_id"], unique=False)


def _question_retirement() -> None:
    op.create_table(
        "question_retirement",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("retired_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_question_retirement_reason")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_retirement_question_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_retirement")),
    )


def _re_marking() -> None:
    op.create_table(
        "re_marking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("treatment", sa.String(length=16), nullable=False),
        sa.Column("right_options", sa.ARRAY(sa.SmallInteger()), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("after_attempt", sa.Uuid(), nullable=True),
        sa.Column("attempts_seen", sa.Integer(), nullable=False),
        sa.Column("attempts_changed", sa.Integer(), nullable=False),
        sa.Column("passes_given", sa.Integer(), nullable=False),
        sa.Column("passes_kept", sa.Integer(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(status = 'done') = (finished_at IS NOT NULL)", name=op.f("ck_re_marking_finished")),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_by IS NULL AND decided_at IS NULL)", name=op.f("ck_re_marking_decision")
        ),
        sa.CheckConstraint(
            "(treatment = 'other_answer') = (right_options IS NOT NULL)", name=op.f("ck_re_marking_right_options")
        ),
        sa.CheckConstraint("status IN ('proposed', 'declined', 'running', 'done')", name=op.f("ck_re_marking_status")),
        sa.CheckConstraint("treatment IN ('other_answer', 'marks_for_all')", name=op.f("ck_re_marking_treatment")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_re_marking_second_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.slug"], name=op.f("fk_re_marking_assessment")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_re_marking_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_marking")),
    )
    op.create_index("ix_re_marking_assessment_id", "re_marking", ["assessment", "id"], unique=False)
    op.create_index(
        "uq_re_marking_question_id",
        "re_marking",
        ["question_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed', 'running')"),
    )


def _assessment_pass() -> None:
    op.create_table(
        "assessment_pass",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("passed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_assessment_pass_attempt_id")),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_assessment_pass_scheme")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_assessment_pass_teacher_id")),
        sa.PrimaryKeyConstraint("teacher_id", "scheme", name=op.f("pk_assessment_pass")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_assessment_pass_attempt_id")),
    )


def _attempt_item() -> None:
    op.create_table(
        "attempt_item",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("answer", sa.ARRAY(sa.SmallInteger()), nullable=True),
        sa.Column("seconds_spent", sa.Integer(), nullable=True),
        sa.Column("marks_awarded", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_attempt_item_attempt_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_attempt_item_question_id")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_item")),
        sa.UniqueConstraint("attempt_id", "question_id", name=op.f("uq_attempt_item_attempt_id_question_id")),
    )
    op.create_index("ix_attempt_item_question_id", "attempt_item", ["question_id"], unique=False)


def _attempt_launch() -> None:
    op.create_table(
        "attempt_launch",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_attempt_launch_attempt_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_attempt_launch")),
    )
    op.create_index("ix_attempt_launch_attempt_id", "attempt_launch", ["attempt_id"], unique=False)


def _provider_result() -> None:
    op.create_table(
        "provider_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=60), nullable=False),
        sa.Column("webhook_id", sa.String(length=255), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('accepted', 'dismissed')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_provider_result_decision"),
        ),
        sa.CheckConstraint("status <> 'parked' OR reason IS NOT NULL", name=op.f("ck_provider_result_reason")),
        sa.CheckConstraint(
            "status IN ('applied', 'repeated', 'parked', 'accepted', 'dismissed')",
            name=op.f("ck_provider_result_status"),
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_provider_result_attempt_id")),
        sa.ForeignKeyConstraint(["provider"], ["assessment_provider.slug"], name=op.f("fk_provider_result_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_result")),
        sa.UniqueConstraint("provider", "webhook_id", name=op.f("uq_provider_result_provider_webhook_id")),
    )
    op.create_index("ix_provider_result_provider_id", "provider_result", ["provider", "id"], unique=False)


def _re_marking_change() -> None:
    op.create_table(
        "re_marking_change",
        sa.Column("re_marking_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("percent_before", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("percent_after", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("outcome_before", sa.String(length=6), nullable=False),
        sa.Column("outcome_after", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_re_marking_change_attempt_id")
        ),
        sa.ForeignKeyConstraint(["re_marking_id"], ["re_marking.id"], name=op.f("fk_re_marking_change_re_marking_id")),
        sa.PrimaryKeyConstraint("re_marking_id", "attempt_id", name=op.f("pk_re_marking_change")),
    )
