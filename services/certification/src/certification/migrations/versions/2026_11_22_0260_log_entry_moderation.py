"""Moderation of log entries: their life, the policy, evidence, and second looks.

Revision: 0260. Follows: 0250.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0260"
down_revision = "0250"
branch_labels = None
depends_on = None

APPEND_ONLY = ("log_entry_event", "log_entry_reversal")


def upgrade() -> None:
    _policy()
    _entry()
    _entry_checks()
    _life()
    _evidence()
    _reversal()
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _of_entry(table: str, column: str = "entry_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["log_entry.id"], name=op.f(f"fk_{table}_{column}"))


def _policy() -> None:
    op.create_table(
        "moderation_policy",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rules", postgresql.JSONB(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("effective_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_moderation_policy_two_persons")),
        sa.CheckConstraint("length(seed) = 64", name=op.f("ck_moderation_policy_seed")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_moderation_policy")),
    )
    op.create_table(
        "provider_organisation",
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_provider_organisation")),
    )
    op.create_index("ix_provider_organisation_organisation_id", "provider_organisation", ["organisation_id"])


def _entry() -> None:
    due = sa.text("(clock_timestamp() + '14 days'::interval)")
    columns = (
        sa.Column("hours", sa.Numeric(6, 2), nullable=True),
        sa.Column("set_aside", sa.String(10), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("submission", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("school_urn", sa.String(10), nullable=True),
        sa.Column("due_at", UtcDateTime(), server_default=due, nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("reason_code", sa.String(40), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=True),
        sa.Column("sampling_rate", sa.Numeric(5, 4), nullable=True),
        sa.Column("sampling_draw", sa.Numeric(10, 9), nullable=True),
        sa.Column("is_sampled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("audit_status", sa.String(10), nullable=True),
        sa.Column("audited_by", sa.Uuid(), nullable=True),
        sa.Column("audited_at", UtcDateTime(), nullable=True),
    )
    for column in columns:
        op.add_column("log_entry", column)
    op.create_foreign_key(
        op.f("fk_log_entry_policy_version"), "log_entry", "moderation_policy", ["policy_version"], ["version"]
    )
    op.create_index(
        "ix_log_entry_waiting", "log_entry", ["due_at", "id"], postgresql_where=sa.text("status = 'submitted'")
    )
    op.create_index("ix_log_entry_audit", "log_entry", ["id"], postgresql_where=sa.text("audit_status = 'waiting'"))


def _entry_checks() -> None:
    checks = {
        "set_aside": "set_aside IS NULL OR (status = 'returned' AND set_aside IN ('draft', 'withdrawn', 'reversed'))",
        "hours": "hours > 0",
        "other_claims": "claimed_by <> teacher_id",
        "claim_whole": "num_nonnulls(claimed_by, claimed_until) IN (0, 2)",
        "other_auditor": "audited_by IS NULL OR (audited_by <> teacher_id AND audited_by IS DISTINCT FROM decided_by)",
        "audit_status": "audit_status IN ('waiting', 'confirmed', 'rejected')",
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_log_entry_{name}"), "log_entry", condition)


def _life() -> None:
    op.create_table(
        "log_entry_submission",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("activity", sa.String(120), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(6, 2), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason_code", sa.String(40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        _of_entry("log_entry_submission"),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_log_entry_submission")),
    )
    op.create_table(
        "log_entry_event",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(40), nullable=True),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        _of_entry("log_entry_event"),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_log_entry_event")),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("left_out", postgresql.ARRAY(sa.String(20)), nullable=False),
        sa.Column("scan_status", sa.String(12), nullable=False),
        sa.Column("scanned_by", sa.String(120), nullable=True),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("purged_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_evidence_sha256")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_evidence_size_bytes")),
        sa.CheckConstraint("scan_status IN ('not_scanned', 'clean')", name=op.f("ck_evidence_scan_status")),
        sa.CheckConstraint("purged_at IS NULL OR name IS NULL", name=op.f("ck_evidence_purged")),
        _of_entry("evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_entry_id", "evidence", ["entry_id"])
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
    op.create_index(
        "uq_evidence_entry_id_sha256",
        "evidence",
        ["entry_id", "sha256"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def _reversal() -> None:
    op.create_table(
        "log_entry_reversal",
        sa.Column("log_entry_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        _of_entry("log_entry_reversal", "log_entry_id"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_log_entry_reversal_teacher_id")),
        sa.PrimaryKeyConstraint("log_entry_id", name=op.f("pk_log_entry_reversal")),
    )
    op.create_index("ix_log_entry_reversal_teacher_id", "log_entry_reversal", ["teacher_id"])
    op.add_column("certificate_review", sa.Column("log_entry_id", sa.Uuid(), nullable=True))
    op.drop_constraint(op.f("ck_certificate_review_ground"), "certificate_review")
    op.create_check_constraint(
        op.f("ck_certificate_review_ground"),
        "certificate_review",
        "num_nonnulls(completion_id, contribution_id, re_evaluation_id, log_entry_id) = 1",
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
