"""Calls, applications and scores of grants; rates, and claims of days and travel on awards.

Revision: 0300. Follows: 0290.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0300"
down_revision = "0290"
branch_labels = None
depends_on = None

GUARDED = {
    "grant_claim": ("status,decided_by,decided_at,reason", "submitted>approved,submitted>declined"),
    "grant_application": (
        "status,percent,moderated_by,moderated_at,moderation,decided_by,decided_at,feedback,grant_id",
        "submitted>moderated,moderated>funded,moderated>declined",
    ),
}
"""Of each table the columns that may change, and the steps of its status."""
APPEND_ONLY = (
    "grant_rate",
    "grant_claim_line",
    "grant_call",
    "grant_score",
)


def upgrade() -> None:
    _grant_rate()
    _grant_call()
    _grant_application()
    _grant_claim()
    _grant_claim_line()
    _grant_score()
    for table, (columns, steps) in GUARDED.items():
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION guard_life_cycle('{columns}', '{steps}')"
        )
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _grant_rate() -> None:
    op.create_table(
        "grant_rate",
        sa.Column("rate", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day_pence", sa.BigInteger(), nullable=True),
        sa.Column("cap_pence", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'day') = (day_pence IS NOT NULL)", name=op.f("ck_grant_rate_day")),
        sa.CheckConstraint("kind IN ('day', 'at_cost')", name=op.f("ck_grant_rate_kind")),
        sa.CheckConstraint("day_pence > 0 AND cap_pence > 0", name=op.f("ck_grant_rate_amounts")),
        sa.PrimaryKeyConstraint("rate", "effective_from", name=op.f("pk_grant_rate")),
    )


def _grant_call() -> None:
    op.create_table(
        "grant_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("agreement_version", sa.String(length=40), nullable=False),
        sa.Column("agreement_reference", sa.String(length=300), nullable=False),
        sa.Column("agreement_sha256", sa.String(length=64), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_grant_call_window")),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_grant_call_budget")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_call")),
    )


def _grant_application() -> None:
    op.create_table(
        "grant_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_kind", sa.String(length=20), nullable=False),
        sa.Column("recipient_id", sa.String(length=60), nullable=False),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("requested_pence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("moderated_by", sa.Uuid(), nullable=True),
        sa.Column("moderated_at", UtcDateTime(), nullable=True),
        sa.Column("moderation", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(status = 'funded') = (grant_id IS NOT NULL)", name=op.f("ck_grant_application_funded")),
        sa.CheckConstraint(
            "(status IN ('funded', 'declined')) = (decided_by IS NOT NULL)", name=op.f("ck_grant_application_decided")
        ),
        sa.CheckConstraint(
            "(status IN ('moderated', 'funded', 'declined')) = (moderated_by IS NOT NULL AND percent IS NOT NULL)",
            name=op.f("ck_grant_application_moderated"),
        ),
        sa.CheckConstraint(
            "status IN ('submitted', 'ineligible', 'moderated', 'funded', 'declined')",
            name=op.f("ck_grant_application_status"),
        ),
        sa.CheckConstraint(
            "decided_by NOT IN (submitted_by, moderated_by)", name=op.f("ck_grant_application_another_decides")
        ),
        sa.CheckConstraint("moderated_by <> submitted_by", name=op.f("ck_grant_application_another_moderates")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_grant_application_percent")),
        sa.ForeignKeyConstraint(["call_id"], ["grant_call.id"], name=op.f("fk_grant_application_call_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_application_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_application")),
        sa.UniqueConstraint("grant_id", name=op.f("uq_grant_application_grant_id")),
    )
    op.create_index("ix_grant_application_submitted_at", "grant_application", ["submitted_at", "id"], unique=False)
    op.create_index(
        "uq_grant_application_live",
        "grant_application",
        ["call_id", "recipient_kind", "recipient_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'ineligible'"),
    )


def _grant_claim() -> None:
    op.create_table(
        "grant_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(status = 'submitted') = (decided_by IS NULL)", name=op.f("ck_grant_claim_decided")),
        sa.CheckConstraint("status IN ('submitted', 'approved', 'declined')", name=op.f("ck_grant_claim_status")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_grant_claim_amount")),
        sa.CheckConstraint("decided_by <> claimed_by", name=op.f("ck_grant_claim_second_person")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_claim_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_claim")),
    )
    op.create_index("ix_grant_claim_grant_id", "grant_claim", ["grant_id", "claimed_at"], unique=False)


def _grant_claim_line() -> None:
    op.create_table(
        "grant_claim_line",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rate", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("rate_pence", sa.BigInteger(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.CheckConstraint("quantity > 0 AND amount_pence > 0", name=op.f("ck_grant_claim_line_amounts")),
        sa.ForeignKeyConstraint(["claim_id"], ["grant_claim.id"], name=op.f("fk_grant_claim_line_claim_id")),
        sa.PrimaryKeyConstraint("claim_id", "number", name=op.f("pk_grant_claim_line")),
    )


def _grant_score() -> None:
    op.create_table(
        "grant_score",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("scorer_id", sa.Uuid(), nullable=False),
        sa.Column("conflict", sa.Text(), nullable=True),
        sa.Column("points", sa.Text(), nullable=True),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("scored_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(conflict IS NULL) = (points IS NOT NULL AND percent IS NOT NULL)",
            name=op.f("ck_grant_score_score_or_conflict"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grant_application.id"], name=op.f("fk_grant_score_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "scorer_id", name=op.f("pk_grant_score")),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
