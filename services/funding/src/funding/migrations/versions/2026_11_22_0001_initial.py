"""Rules, read models, the ledger, bursaries, claims and payment runs.

Revision: 0001. Follows: nothing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SUMS_TO_ZERO = """
CREATE FUNCTION journal_transaction_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked uuid;
    total bigint;
BEGIN
    checked := to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'posting' THEN 'transaction_id' ELSE 'id' END;
    SELECT sum(amount_pence) INTO total FROM posting WHERE transaction_id = checked;
    IF total IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'journal transaction % sums to %, not to nought', checked, coalesce(total::text, 'nothing')
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""

APPEND_ONLY = (
    "journal_transaction",
    "posting",
    "bursary_decision",
    "policy_version",
    "eligibility_rule",
    "area_list",
    "area_category",
)


def upgrade() -> None:
    chassis_schema.upgrade_v1(op)
    _reference()
    _read_models()
    _ledger()
    _bursaries()
    _claims()
    _refuse_unbalanced_transactions()
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _refuse_unbalanced_transactions() -> None:
    """Checked at commit, when all postings of a transaction are there; one without postings is refused too."""
    op.execute(SUMS_TO_ZERO)
    for table in ("journal_transaction", "posting"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_sums_to_zero AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION journal_transaction_sums_to_zero()"
        )


def _reference() -> None:
    op.create_table(
        "area_list",
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("vintage", sa.String(length=20), nullable=False),
        sa.Column("key_type", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("completeness", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "edition", name=op.f("pk_area_list")),
    )
    op.create_table(
        "area_category",
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area_code", sa.String(length=20), nullable=False),
        sa.Column("area_name", sa.String(length=100), nullable=False),
        sa.Column("categories", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme", "edition"],
            ["area_list.scheme", "area_list.edition"],
            name=op.f("fk_area_category_scheme_edition"),
        ),
        sa.PrimaryKeyConstraint("scheme", "edition", "area_code", name=op.f("pk_area_category")),
    )
    op.create_table(
        "district_succession",
        sa.Column("old_code", sa.String(length=20), nullable=False),
        sa.Column("new_code", sa.String(length=20), nullable=False),
        sa.Column("old_name", sa.String(length=100), nullable=False),
        sa.Column("new_name", sa.String(length=100), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("old_code", "new_code", name=op.f("pk_district_succession")),
    )
    op.create_table(
        "eligibility_rule",
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_eligibility_rule_version")),
        sa.PrimaryKeyConstraint("rule", "version", name=op.f("pk_eligibility_rule")),
    )
    op.create_table(
        "establishment_type",
        sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("is_state_funded", sa.Boolean(), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_establishment_type")),
    )
    op.create_table(
        "policy_version",
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_policy_version_version")),
        sa.PrimaryKeyConstraint("policy", "version", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("policy", "effective_from", name=op.f("uq_policy_version_policy_effective_from")),
    )


def _read_models() -> None:
    op.create_table(
        "school",
        sa.Column("urn", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("establishment_type", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_in_england", sa.Boolean(), nullable=False),
        sa.Column("is_state_funded", sa.Boolean(), nullable=True),
        sa.Column("district_code", sa.String(length=20), nullable=True),
        sa.Column("district_vintage", sa.String(length=40), nullable=True),
        sa.Column("offers_gcse_computer_science", sa.Boolean(), nullable=True),
        sa.Column("lowest_age", sa.Integer(), nullable=True),
        sa.Column("highest_age", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )
    op.create_table(
        "booking",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=True),
        sa.Column("course_code", sa.String(length=40), nullable=True),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("phase", sa.String(length=20), nullable=True),
        sa.Column("programme", sa.String(length=40), nullable=True),
        sa.Column("days", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_booking")),
    )
    op.create_table(
        "completion",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_completion")),
    )


def _ledger() -> None:
    op.create_table(
        "fund",
        sa.Column("fund", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=True),
        sa.Column("allocated_pence", sa.BigInteger(), nullable=True),
        sa.Column("part_of", sa.String(length=60), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("allocated_pence >= 0", name=op.f("ck_fund_allocated")),
        sa.ForeignKeyConstraint(["part_of"], ["fund.fund"], name=op.f("fk_fund_part_of")),
        sa.PrimaryKeyConstraint("fund", name=op.f("pk_fund")),
    )
    op.create_table(
        "budget",
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("fund", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_sandbox", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["fund"], ["fund.fund"], name=op.f("fk_budget_fund")),
        sa.PrimaryKeyConstraint("budget", name=op.f("pk_budget")),
    )
    op.create_table(
        "ledger_account",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("balance_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "CASE kind WHEN 'funding' THEN balance_pence <= 0 ELSE balance_pence >= 0 END",
            name=op.f("ck_ledger_account_never_overspent"),
        ),
        sa.CheckConstraint(
            "kind IN ('funding', 'available', 'reserved', 'payable', 'paid')", name=op.f("ck_ledger_account_kind")
        ),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_ledger_account_budget")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_ledger_account")),
        sa.UniqueConstraint("budget", "kind", name=op.f("uq_ledger_account_budget_kind")),
    )
    op.create_table(
        "journal_transaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("narrative", sa.String(length=200), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('allocation', 'reservation', 'release', 'accrual', 'payment')",
            name=op.f("ck_journal_transaction_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_transaction")),
        sa.UniqueConstraint("kind", "source", name=op.f("uq_journal_transaction_kind_source")),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_pence <> 0", name=op.f("ck_posting_amount")),
        sa.ForeignKeyConstraint(["account"], ["ledger_account.account"], name=op.f("fk_posting_account")),
        sa.ForeignKeyConstraint(["transaction_id"], ["journal_transaction.id"], name=op.f("fk_posting_transaction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index("ix_posting_account_id", "posting", ["account", "id"], unique=False)
    op.create_index("ix_posting_transaction_id", "posting", ["transaction_id"], unique=False)


def _bursaries() -> None:
    op.create_table(
        "bursary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=False),
        sa.Column("course_code", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("fee_pence", sa.BigInteger(), nullable=True),
        sa.Column("quota_key", sa.String(length=200), nullable=True),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('eligible', 'needs_review', 'ineligible', 'approved', 'declined', "
            "'claimable', 'claimed', 'paid', 'cancelled')",
            name=op.f("ck_bursary_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'claimable', 'claimed', 'paid') "
            "OR (decided_by IS NOT NULL AND amount_pence > 0)",
            name=op.f("ck_bursary_approved"),
        ),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_bursary_amount")),
        sa.CheckConstraint("decided_by <> teacher_id", name=op.f("ck_bursary_second_person")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.booking_id"], name=op.f("fk_bursary_booking_id")),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_bursary_budget")),
        sa.ForeignKeyConstraint(
            ["policy", "policy_version"],
            ["policy_version.policy", "policy_version.version"],
            name=op.f("fk_bursary_policy_policy_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bursary")),
    )
    op.create_index("ix_bursary_applied_at", "bursary", ["applied_at", "id"], unique=False)
    op.create_index("ix_bursary_school_urn", "bursary", ["school_urn"], unique=False)
    op.create_index("ix_bursary_teacher_id", "bursary", ["teacher_id", "applied_at"], unique=False)
    op.create_index(
        "uq_bursary_live_booking",
        "bursary",
        ["booking_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('eligible', 'needs_review', 'approved', 'claimable', 'claimed', 'paid')"),
    )
    op.create_index(
        "uq_bursary_live_quota",
        "bursary",
        ["quota_key"],
        unique=True,
        postgresql_where=sa.text("status IN ('eligible', 'needs_review', 'approved', 'claimable', 'claimed', 'paid')"),
    )
    op.create_table(
        "bursary_decision",
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_bursary_decision_bursary_id")),
        sa.PrimaryKeyConstraint("bursary_id", "ordinal", name=op.f("pk_bursary_decision")),
    )


def _claims() -> None:
    op.create_table(
        "payment_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", UtcDateTime(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(status = 'released') = (released_by IS NOT NULL)", name=op.f("ck_payment_run_released")),
        sa.CheckConstraint("status IN ('prepared', 'released')", name=op.f("ck_payment_run_status")),
        sa.CheckConstraint("payments > 0 AND amount_pence > 0", name=op.f("ck_payment_run_not_empty")),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_payment_run_budget")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_run")),
    )
    op.create_index("ix_payment_run_prepared_at", "payment_run", ["prepared_at", "id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("bursary_approved_by", sa.Uuid(), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("payee_urn", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("payment_run_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('scheduled', 'paid')) = (payment_run_id IS NOT NULL)", name=op.f("ck_claim_in_run")
        ),
        sa.CheckConstraint(
            "status IN ('submitted', 'approved', 'scheduled', 'paid', 'declined')", name=op.f("ck_claim_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'scheduled', 'paid') OR decided_by IS NOT NULL", name=op.f("ck_claim_approved")
        ),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_claim_amount")),
        sa.CheckConstraint(
            "decided_by NOT IN (claimant_id, bursary_approved_by)", name=op.f("ck_claim_another_person")
        ),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_claim_budget")),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_claim_bursary_id")),
        sa.ForeignKeyConstraint(["payment_run_id"], ["payment_run.id"], name=op.f("fk_claim_payment_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_payment_run_id"), "claim", ["payment_run_id"], unique=False)
    op.create_index("ix_claim_submitted_at", "claim", ["submitted_at", "id"], unique=False)
    op.create_index(
        "ix_claim_to_pay", "claim", ["budget"], unique=False, postgresql_where=sa.text("status = 'approved'")
    )
    op.create_index(
        "uq_claim_live_bursary", "claim", ["bursary_id"], unique=True, postgresql_where=sa.text("status <> 'declined'")
    )
    op.create_table(
        "payment",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("payment_run_id", sa.Uuid(), nullable=False),
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("payee_urn", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("bursary_approved_by", sa.Uuid(), nullable=False),
        sa.Column("claim_approved_by", sa.Uuid(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payment_amount")),
        sa.CheckConstraint(
            "released_by NOT IN (claimant_id, bursary_approved_by, claim_approved_by)",
            name=op.f("ck_payment_third_person"),
        ),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_payment_bursary_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_payment_claim_id")),
        sa.ForeignKeyConstraint(["payment_run_id"], ["payment_run.id"], name=op.f("fk_payment_payment_run_id")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_payment")),
    )
    op.create_index(op.f("ix_payment_payment_run_id"), "payment", ["payment_run_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
