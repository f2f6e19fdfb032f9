"""Payment runs in four steps by different people, payments to payees, and the bank's files.

Revision: 0330. Follows: 0320. Runs that were prepared before are drafts whose lines have no payee: cancel them and
prepare again. A process of the release before cannot prepare runs on this schema.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0330"
down_revision = "0320"
branch_labels = None
depends_on = None

STATUSES = "'draft', 'checked', 'approved', 'released', 'confirmed', 'partly_returned', 'returned', 'cancelled'"
RUN_CHECKS = {
    "status": f"status IN ({STATUSES})",
    "released": "status NOT IN ('released', 'confirmed', 'partly_returned', 'returned') OR released_by IS NOT NULL",
    "not_empty": "(payments > 0 AND amount_pence > 0) OR status = 'cancelled'",
    "checked_by_another": "checked_by <> prepared_by",
    "approved_by_another": "approved_by <> prepared_by",
    "fourth_person": "NOT needs_fourth_person OR approved_by <> checked_by",
    "released_by_another": "controls = 1 OR released_by NOT IN (prepared_by, checked_by, approved_by)",
    "checked": "controls = 1 OR status IN ('draft', 'cancelled') OR (checked_by IS NOT NULL "
    "AND content_sha256 IS NOT NULL AND processing_on IS NOT NULL)",
    "approved": "controls = 1 OR status IN ('draft', 'checked', 'cancelled') OR approved_by IS NOT NULL",
    "draft": "status <> 'draft' OR (checked_by IS NULL AND approved_by IS NULL AND content_sha256 IS NULL)",
}
PAYMENT_CHECKS = {
    "status": "status IN ('planned', 'sent', 'returned')",
    "sent": "(status = 'planned') = (released_by IS NULL)",
    "returned": "(status = 'returned') = (returned_at IS NOT NULL)",
    "another_person": "released_by <> ALL (people)",
    "cooled_off": "released_at >= usable_from_at",
    "payee": "(payee_id IS NULL) = (usable_from_at IS NULL) AND (payee_id IS NULL) = (details_id IS NULL)",
    "claim": "award_kind <> 'claim' OR (claim_id IS NOT NULL AND bursary_id IS NOT NULL AND payee_urn IS NOT NULL "
    "AND claimant_id IS NOT NULL AND bursary_approved_by IS NOT NULL AND claim_approved_by IS NOT NULL)",
}

CONTENT = r"""
CREATE FUNCTION payment_run_content(run payment_run) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('|', run.id, run.budget, run.processing_on, run.payments, run.amount_pence,
                     run.needs_fourth_person) || coalesce(string_agg(E'\n' || concat_ws('|', reference, award_kind,
                     award_id, attempt, payee_id, details_id, amount_pence, array_to_string(flags, ',')), ''
                     ORDER BY reference), '')
    FROM payment WHERE payment_run_id = run.id
$$
"""
DIGEST = """
CREATE FUNCTION payment_run_digest(run payment_run) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(payment_run_content(run), 'UTF8')), 'hex')
$$
"""
# A step is taken on the content that was seen; what a step does not concern stays as it is.
GUARD_RUN = """
CREATE FUNCTION guard_payment_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step text;
    free text[] := ARRAY['status', 'seal', 'confirmed_by', 'confirmed_at', 'bank_reference'];
    lines record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'payment runs stay' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.controls <> 2 OR NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'a payment run begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    step := OLD.status || ' ' || NEW.status;
    IF OLD.status <> NEW.status AND step NOT IN (
        'draft checked', 'checked approved', 'approved released', 'checked draft', 'approved draft', 'draft cancelled',
        'released confirmed', 'released partly_returned', 'released returned', 'confirmed partly_returned',
        'confirmed returned', 'partly_returned returned'
    ) THEN
        RAISE EXCEPTION 'a payment run does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    free := free || CASE step
        WHEN 'draft draft' THEN ARRAY['payments', 'amount_pence', 'processing_on', 'needs_fourth_person']
        WHEN 'draft cancelled' THEN ARRAY['payments', 'amount_pence']
        WHEN 'draft checked' THEN ARRAY['checked_by', 'checked_at', 'content_sha256']
        WHEN 'checked approved' THEN ARRAY['approved_by', 'approved_at']
        WHEN 'approved released' THEN ARRAY['released_by', 'released_at']
        WHEN 'checked draft' THEN ARRAY['checked_by', 'checked_at', 'content_sha256']
        WHEN 'approved draft' THEN ARRAY['checked_by', 'checked_at', 'content_sha256', 'approved_by', 'approved_at']
        ELSE ARRAY[]::text[] END;
    IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
        RAISE EXCEPTION 'a payment run that is % is not edited so', OLD.status USING ERRCODE = 'restrict_violation';
    END IF;
    IF step IN ('draft checked', 'checked approved', 'approved released') THEN
        SELECT count(*) AS payments, coalesce(sum(amount_pence), 0) AS pence,
               bool_and(details_id IS NOT NULL) AS paid_to, bool_or(cardinality(flags) > 0) AS flagged
        INTO lines FROM payment WHERE payment_run_id = NEW.id;
        IF (lines.payments, lines.pence) IS DISTINCT FROM (NEW.payments::bigint, NEW.amount_pence::numeric)
           OR lines.paid_to IS NOT TRUE OR (lines.flagged AND NOT NEW.needs_fourth_person)
           OR NEW.content_sha256 IS DISTINCT FROM payment_run_digest(NEW) THEN
            RAISE EXCEPTION 'the content of the payment run is not what was checked' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""
# An edit of a line takes the check and the approval back; a line that was sent changes only as the bank says.
GUARD_PAYMENT = """
CREATE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run_status text;
    told text[] := ARRAY['status', 'released_by', 'released_at', 'returned_at', 'return_code', 'seal'];
BEGIN
    SELECT status INTO run_status FROM payment_run
    WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.payment_run_id ELSE OLD.payment_run_id END FOR UPDATE;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - told = to_jsonb(OLD) - told THEN
        IF (OLD.status <> NEW.status AND OLD.status || ' ' || NEW.status NOT IN ('planned sent', 'sent returned'))
           OR (OLD.released_at IS NOT NULL
               AND (OLD.released_by, OLD.released_at) IS DISTINCT FROM (NEW.released_by, NEW.released_at))
           OR (OLD.status = 'returned' AND (OLD.returned_at, OLD.return_code)
               IS DISTINCT FROM (NEW.returned_at, NEW.return_code))
           OR (NEW.status <> 'planned' AND run_status NOT IN ('released', 'confirmed', 'partly_returned', 'returned'))
        THEN
            RAISE EXCEPTION 'a payment does not change so' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF run_status IN ('checked', 'approved') THEN
        UPDATE payment_run SET status = 'draft', checked_by = NULL, checked_at = NULL, content_sha256 = NULL,
               approved_by = NULL, approved_at = NULL
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.payment_run_id ELSE OLD.payment_run_id END;
    ELSIF run_status <> 'draft' THEN
        RAISE EXCEPTION 'a payment run that is % is not edited', run_status USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.payment_run_id <> OLD.payment_run_id THEN
        RAISE EXCEPTION 'a payment stays in its run' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
KEEP_FILE = """
CREATE FUNCTION keep_payment_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['downloaded_by', 'downloaded_at', 'approved_by', 'approved_at'];
BEGIN
    IF OLD.downloaded_at IS NOT NULL OR (TG_OP = 'DELETE' AND OLD.ordinal = 1)
       OR (TG_OP = 'UPDATE' AND to_jsonb(NEW) - free <> to_jsonb(OLD) - free)
       OR (TG_OP = 'UPDATE' AND OLD.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by) THEN
        RAISE EXCEPTION 'a file that was downloaded is not downloaded again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


def upgrade() -> None:
    op.drop_constraint(op.f("ck_payee_kind"), "payee", type_="check")
    op.create_check_constraint(
        op.f("ck_payee_kind"), "payee", "kind IN ('school', 'trust', 'authority', 'hub', 'organisation')"
    )
    _runs()
    _payments()
    _guards()
    _files()


def _runs() -> None:
    for name in ("status", "released", "not_empty"):
        op.drop_constraint(op.f(f"ck_payment_run_{name}"), "payment_run", type_="check")
    for column in (
        sa.Column("controls", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("processing_on", sa.Date(), nullable=True),
        sa.Column("needs_fourth_person", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("bank_reference", sa.String(length=60), nullable=True),
    ):
        op.add_column("payment_run", column)
    op.execute("UPDATE payment_run SET status = 'draft', controls = 2 WHERE status = 'prepared'")
    for name, check in RUN_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_payment_run_{name}"), "payment_run", check)


def _payments() -> None:
    op.execute("CREATE SEQUENCE payment_reference")
    for column in (
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("award_kind", sa.String(length=30), server_default="claim", nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=True),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("status", sa.String(length=20), server_default="planned", nullable=False),
        sa.Column("journal_source", sa.String(length=140), nullable=True),
        sa.Column("narrative", sa.String(length=100), nullable=True),
        sa.Column("reference", sa.String(length=18), nullable=True),
        sa.Column("payee_id", sa.Uuid(), nullable=True),
        sa.Column("details_id", sa.Uuid(), nullable=True),
        sa.Column("usable_from_at", UtcDateTime(), nullable=True),
        sa.Column("people", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("flags", sa.ARRAY(sa.String(length=30)), server_default="{}", nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("return_code", sa.String(length=10), nullable=True),
    ):
        op.add_column("payment", column)
    op.execute(
        "UPDATE payment SET award_id = claim_id, journal_source = 'claim:' || claim_id, "
        "status = CASE WHEN released_by IS NULL THEN 'planned' ELSE 'sent' END"
    )
    op.alter_column("payment", "award_id", nullable=False)
    op.alter_column("payment", "journal_source", nullable=False)
    op.alter_column("payment", "award_kind", server_default=None)
    op.alter_column("payment", "status", server_default=None)
    op.drop_constraint(op.f("pk_payment"), "payment", type_="primary")
    op.create_primary_key(op.f("pk_payment"), "payment", ["id"])
    for name in ("claim_id", "bursary_id", "payee_urn", "claimant_id", "bursary_approved_by", "claim_approved_by"):
        op.alter_column("payment", name, nullable=True)
    _keys_of_payments()
    for name, check in PAYMENT_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_payment_{name}"), "payment", check)


def _keys_of_payments() -> None:
    op.create_index(op.f("ix_payment_claim_id"), "payment", ["claim_id"])
    op.create_index(op.f("ix_payment_payee_id"), "payment", ["payee_id"])
    op.create_unique_constraint(
        op.f("uq_payment_award_kind_award_id_attempt"), "payment", ["award_kind", "award_id", "attempt"]
    )
    op.create_unique_constraint(op.f("uq_payment_reference"), "payment", ["reference"])
    op.create_index(
        "uq_payment_live_award",
        "payment",
        ["award_kind", "award_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'returned'"),
    )
    op.create_foreign_key(op.f("fk_payment_payee_id"), "payment", "payee", ["payee_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_payment_details_id_payee_id_usable_from_at"),
        "payment",
        "payee_details",
        ["details_id", "payee_id", "usable_from_at"],
        ["id", "payee_id", "usable_from_at"],
    )


def _guards() -> None:
    for function in (CONTENT, DIGEST, GUARD_RUN, GUARD_PAYMENT):
        op.execute(function)
    for table in ("payment_run", "payment"):
        op.execute(
            f"CREATE TRIGGER {table}_guarded BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _files() -> None:
    op.create_table(
        "payment_file",
        sa.Column("payment_run_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("downloaded_by", sa.Uuid(), nullable=True),
        sa.Column("downloaded_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("format IN ('bacs', 'csv')", name=op.f("ck_payment_file_format")),
        sa.CheckConstraint(
            "ordinal = 1 OR (requested_by IS NOT NULL AND reason IS NOT NULL)", name=op.f("ck_payment_file_requested")
        ),
        sa.CheckConstraint("approved_by <> requested_by", name=op.f("ck_payment_file_second_person")),
        sa.CheckConstraint(
            "downloaded_at IS NULL OR ordinal = 1 OR approved_by IS NOT NULL", name=op.f("ck_payment_file_permitted")
        ),
        sa.CheckConstraint(
            "(downloaded_at IS NULL) = (downloaded_by IS NULL)", name=op.f("ck_payment_file_downloaded")
        ),
        sa.ForeignKeyConstraint(["payment_run_id"], ["payment_run.id"], name=op.f("fk_payment_file_payment_run_id")),
        sa.PrimaryKeyConstraint("payment_run_id", "format", "ordinal", name=op.f("pk_payment_file")),
    )
    op.create_index(
        "uq_payment_file_open",
        "payment_file",
        ["payment_run_id", "format"],
        unique=True,
        postgresql_where=sa.text("downloaded_at IS NULL"),
    )
    op.execute(KEEP_FILE)
    op.execute(
        "CREATE TRIGGER payment_file_kept BEFORE UPDATE OR DELETE ON payment_file "
        "FOR EACH ROW EXECUTE FUNCTION keep_payment_file()"
    )
    op.execute(
        "CREATE TRIGGER payment_file_not_emptied BEFORE TRUNCATE ON payment_file "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
