"""What the bank sends back: files, lines, and the way back of a payment, its claim and its bursary.

Revision: 0350. Follows: 0340.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0350"
down_revision = "0340"
branch_labels = None
depends_on = None

REASONS = "'unknown_reference', 'not_sent', 'already_returned', 'amount_differs', 'account_differs', 'being_recovered'"
LINE_CHECKS = {
    "status": "status IN ('matched', 'queued', 'proposed', 'resolved')",
    "queued_because": f"queued_because IN ({REASONS})",
    "queued": "(status = 'matched') = (queued_because IS NULL)",
    "amount": "amount_pence > 0",
    "outcome": "outcome IN ('payment', 'not_ours')",
    "proposed": "(status IN ('proposed', 'resolved')) = (proposed_by IS NOT NULL) "
    "AND (proposed_by IS NULL) = (outcome IS NULL) AND (proposed_by IS NULL) = (reason IS NULL)",
    "which": "(outcome IS NOT DISTINCT FROM 'payment') = (proposed_payment_id IS NOT NULL)",
    "decided": "(status = 'resolved') = (decided_by IS NOT NULL)",
    "second_person": "decided_by <> proposed_by",
    "payment": "(payment_id IS NOT NULL) = (status = 'matched' OR (status = 'resolved' AND outcome = 'payment')) "
    "AND (status = 'matched' OR payment_id IS NULL OR payment_id = proposed_payment_id)",
}

GUARD_LINE = """
CREATE FUNCTION guard_bank_return_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['status', 'payment_id', 'outcome', 'proposed_payment_id', 'reason', 'proposed_by',
                         'proposed_at', 'decided_by', 'decided_at', 'decision_reason', 'seal'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what the bank said stays' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('matched', 'queued') THEN
            RAISE EXCEPTION 'a line is matched or waits' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free
       OR OLD.status || ' ' || NEW.status NOT IN ('queued proposed', 'proposed queued', 'proposed resolved')
       OR (NEW.status = 'resolved' AND (OLD.outcome, OLD.proposed_payment_id, OLD.reason, OLD.proposed_by)
           IS DISTINCT FROM (NEW.outcome, NEW.proposed_payment_id, NEW.reason, NEW.proposed_by)) THEN
        RAISE EXCEPTION 'a line of the bank''s does not change so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
# The three of them become true together: the line, the payment that is back, and the opposite entry in the ledger.
COMES_BACK = """
CREATE FUNCTION payment_comes_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sent_back uuid := CASE TG_TABLE_NAME WHEN 'payment' THEN to_jsonb(NEW) ->> 'id'
                      ELSE to_jsonb(NEW) ->> 'payment_id' END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM payment p JOIN bank_return_line l ON l.payment_id = p.id AND l.amount_pence = p.amount_pence
        JOIN journal_transaction j ON j.kind = 'payment' AND j.source = p.journal_source
        JOIN journal_transaction back ON back.reverses_id = j.id
        WHERE p.id = sent_back AND p.status = 'returned'
    ) THEN
        RAISE EXCEPTION 'payment % comes back by a line of the bank''s and an opposite entry', sent_back
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
GOES_BACK = """
CREATE FUNCTION bursary_goes_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payment WHERE bursary_id = NEW.id AND status = 'returned')
       OR EXISTS (SELECT FROM payment WHERE bursary_id = NEW.id AND status = 'sent') THEN
        RAISE EXCEPTION 'bursary % is paid: no payment of it came back', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
LIVE = "('eligible', 'needs_review', 'approved', 'claimable', 'claimed', 'paid')"
# A payment that came back gives up what was consumed and holds it still: it is consumed once, when the money arrives.
ENTITLEMENT = f"""
CREATE OR REPLACE FUNCTION bursary_holds_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    had text;
    has text;
    was_consumed boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status IN {LIVE} THEN
        had := OLD.quota_key;
        was_consumed := OLD.status = 'paid';
    END IF;
    IF NEW.status IN {LIVE} THEN
        has := NEW.quota_key;
    END IF;
    IF had IS NOT NULL AND had IS DISTINCT FROM has THEN
        UPDATE entitlement SET reserved = reserved - (NOT was_consumed)::integer,
            consumed = consumed - was_consumed::integer WHERE quota_key = had;
        INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
        VALUES (had, NEW.id, 'release', clock_timestamp());
    END IF;
    IF has IS NOT NULL AND has IS DISTINCT FROM had THEN
        INSERT INTO entitlement AS held (quota_key, at_most, reserved, consumed) VALUES (has, NEW.quota_at_most, 1, 0)
        ON CONFLICT (quota_key) DO UPDATE SET reserved = held.reserved + 1, at_most = excluded.at_most;
        INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
        VALUES (has, NEW.id, 'reserve', clock_timestamp());
    ELSIF has IS NOT NULL AND NEW.status = 'paid' AND NOT was_consumed THEN
        UPDATE entitlement SET reserved = reserved - 1, consumed = consumed + 1 WHERE quota_key = has;
        INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
        VALUES (has, NEW.id, 'consume', clock_timestamp());
    ELSIF has IS NOT NULL AND was_consumed AND NEW.status <> 'paid' THEN
        UPDATE entitlement SET reserved = reserved + 1, consumed = consumed - 1 WHERE quota_key = has;
        INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
        VALUES (has, NEW.id, 'release', clock_timestamp()), (has, NEW.id, 'reserve', clock_timestamp());
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 # names from above
TRIGGERS = (
    "CREATE TRIGGER bank_return_line_guarded BEFORE INSERT OR UPDATE OR DELETE ON bank_return_line "
    "FOR EACH ROW EXECUTE FUNCTION guard_bank_return_line()",
    "CREATE TRIGGER bank_return_line_not_emptied BEFORE TRUNCATE ON bank_return_line "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER bank_return_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_return "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE CONSTRAINT TRIGGER payment_comes_back AFTER UPDATE OF status ON payment "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'returned') EXECUTE FUNCTION payment_comes_back()",
    "CREATE CONSTRAINT TRIGGER bank_return_line_has_its_payment AFTER INSERT OR UPDATE ON bank_return_line "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL) "
    "EXECUTE FUNCTION payment_comes_back()",
    "CREATE CONSTRAINT TRIGGER bursary_goes_back AFTER UPDATE OF status ON bursary "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status = 'paid' AND NEW.status = 'claimed') "
    "EXECUTE FUNCTION bursary_goes_back()",
)


def upgrade() -> None:
    _files()
    _lines()
    for statement in (GUARD_LINE, COMES_BACK, GOES_BACK, ENTITLEMENT, *TRIGGERS):
        op.execute(statement)
    for table in ("bank_return", "bank_return_line"):
        op.execute(
            f"CREATE TRIGGER zz_{table}_sealed BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION seal_row()"
        )
    op.execute(
        "INSERT INTO bursary_transition (from_status, to_status, means) "
        "VALUES ('paid', 'claimed', 'The bank sent the payment back; it is owed again')"
    )


def _files() -> None:
    op.create_table(
        "bank_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("lines > 0 AND amount_pence > 0", name=op.f("ck_bank_return_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_return")),
        sa.UniqueConstraint("content_sha256", name=op.f("uq_bank_return_content_sha256")),
    )
    op.create_index("ix_bank_return_imported_at", "bank_return", ["imported_at", "id"])


def _lines() -> None:
    op.create_table(
        "bank_return_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_return_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("sort_code_ending", sa.String(length=2), nullable=False),
        sa.Column("account_ending", sa.String(length=4), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("queued_because", sa.String(length=30), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("proposed_payment_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_bank_return_line_{name}")) for name, rule in LINE_CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["bank_return_id"], ["bank_return.id"], name=op.f("fk_bank_return_line_bank_return_id")
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_bank_return_line_payment_id")),
        sa.ForeignKeyConstraint(
            ["proposed_payment_id"], ["payment.id"], name=op.f("fk_bank_return_line_proposed_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_return_line")),
        sa.UniqueConstraint("bank_return_id", "line", name=op.f("uq_bank_return_line_bank_return_id_line")),
    )
    op.create_index("uq_bank_return_line_payment_id", "bank_return_line", ["payment_id"], unique=True)
    op.create_index(
        "ix_bank_return_line_open",
        "bank_return_line",
        ["id"],
        postgresql_where=sa.text("status IN ('queued', 'proposed')"),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
