"""Schemes, catalogue, teachers, credits, diagnostics, the professional development log and certificates.

Revision: 0001. Follows: nothing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "scheme_version",
    "diagnostic",
    "diagnostic_response",
    "activity_record",
    "credit_entry",
    "component_completion",
    "certificate",
)


def upgrade() -> None:
    chassis_schema.upgrade_v1(op)
    _catalogue()
    _schemes()
    _teachers()
    _credits()
    _diagnostics()
    _log_entries()
    _certificates()
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _catalogue() -> None:
    op.create_table(
        "activity",
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=True),
        sa.Column("self_certifiable", sa.Boolean(), nullable=False),
        sa.Column("published_credits", sa.Numeric(precision=10, scale=4), nullable=False),
        sa.Column("counts_as", sa.String(length=120), nullable=False),
        sa.Column("programmes", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_category"), "activity", ["category"], unique=False)


def _schemes() -> None:
    op.create_table(
        "scheme",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("phases", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("enrols_on_registration", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_scheme")),
    )
    op.create_table(
        "scheme_version",
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_to > effective_from", name=op.f("ck_scheme_version_dates")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_scheme_version_scheme")),
        sa.PrimaryKeyConstraint("scheme", "version", name=op.f("pk_scheme_version")),
    )


def _teachers() -> None:
    op.create_table(
        "teacher",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("teacher_id", name=op.f("pk_teacher")),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme", "scheme_version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_enrolment_scheme_scheme_version"),
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_enrolment_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("teacher_id", "scheme", name=op.f("uq_enrolment_teacher_id_scheme")),
    )


def _credits() -> None:
    op.create_table(
        "activity_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("activity_key", sa.String(length=160), nullable=False),
        sa.Column("activity", sa.String(length=120), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("published_credits", sa.Numeric(precision=10, scale=4), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_activity_record_hours")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_activity_record_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_record")),
        sa.UniqueConstraint("teacher_id", "source", "hours", name=op.f("uq_activity_record_teacher_id_source_hours")),
    )
    op.create_table(
        "credit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("activity_record_id", sa.Uuid(), nullable=False),
        sa.Column("activity_key", sa.String(length=160), nullable=False),
        sa.Column("activity", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("credits", sa.Numeric(precision=10, scale=4), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("credits > 0 AND hours >= 0 AND revision >= 1", name=op.f("ck_credit_entry_amounts")),
        sa.ForeignKeyConstraint(
            ["activity_record_id"], ["activity_record.id"], name=op.f("fk_credit_entry_activity_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["scheme", "scheme_version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_credit_entry_scheme_scheme_version"),
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_credit_entry_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint(
            "teacher_id",
            "scheme",
            "activity_key",
            "revision",
            name=op.f("uq_credit_entry_teacher_id_scheme_activity_key_revision"),
        ),
    )
    op.create_index("ix_credit_entry_activity_record_id", "credit_entry", ["activity_record_id"], unique=False)
    op.create_table(
        "component_completion",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column(
            "completed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_component_completion_scheme")),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_component_completion_teacher_id")
        ),
        sa.PrimaryKeyConstraint("teacher_id", "scheme", "component", name=op.f("pk_component_completion")),
    )


def _diagnostics() -> None:
    op.create_table(
        "diagnostic",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("activity", sa.String(length=120), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("slug", "version", name=op.f("pk_diagnostic")),
    )
    op.create_table(
        "pathway",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("courses", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("community", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_pathway")),
    )
    op.create_table(
        "diagnostic_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("diagnostic", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("pathway", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "submitted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["diagnostic", "version"],
            ["diagnostic.slug", "diagnostic.version"],
            name=op.f("fk_diagnostic_response_diagnostic_version"),
        ),
        sa.ForeignKeyConstraint(["pathway"], ["pathway.slug"], name=op.f("fk_diagnostic_response_pathway")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_diagnostic_response_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostic_response")),
    )
    op.create_index(
        "ix_diagnostic_response_teacher_id_diagnostic",
        "diagnostic_response",
        ["teacher_id", "diagnostic"],
        unique=False,
    )


def _log_entries() -> None:
    op.create_table(
        "log_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(length=120), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column(
            "submitted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'submitted') = (decided_at IS NULL AND decided_by IS NULL)", name=op.f("ck_log_entry_decision")
        ),
        sa.CheckConstraint("status IN ('submitted', 'accepted', 'returned')", name=op.f("ck_log_entry_status")),
        sa.CheckConstraint("decided_by <> teacher_id", name=op.f("ck_log_entry_other_moderator")),
        sa.ForeignKeyConstraint(["activity"], ["activity.code"], name=op.f("fk_log_entry_activity")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_log_entry_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
    )
    op.create_index("ix_log_entry_status_id", "log_entry", ["status", "id"], unique=False)
    op.create_index("ix_log_entry_teacher_id_id", "log_entry", ["teacher_id", "id"], unique=False)


def _certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("key_id", sa.String(length=100), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme", "scheme_version"],
            ["scheme_version.scheme", "scheme_version.version"],
            name=op.f("fk_certificate_scheme_scheme_version"),
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_certificate_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_certificate_code_digest")),
        sa.UniqueConstraint("teacher_id", "scheme", name=op.f("uq_certificate_teacher_id_scheme")),
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
