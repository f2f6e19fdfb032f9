"""A log of every seal, so that a row that is taken away or put in past the guards is missed; heads that chain the log.

Revision: 0360. Follows: 0350. A table whose rows matter calls `seal_table` in its own revision: it gives the table the
column `seal`, the trigger that fills it and the one that logs it, and seals and logs what is there already.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0360"
down_revision = "0350"
branch_labels = None
depends_on = None

SEALED_BEFORE = (
    *("allocation", "bank_return", "bank_return_line", "bursary", "bursary_decision", "bursary_move", "claim"),
    *("fact_override", "fee_decision"),
    *("fee_policy_version", "grant_award", "grant_card_version", "grant_drawdown", "grant_history", "grant_snapshot"),
    *("journal_transaction", "payable", "payee_details", "payment", "payment_run", "policy_draft", "policy_version"),
    *("posting", "quote", "recovery_case", "recovery_receipt", "recovery_step", "statement", "statement_line"),
)
SEALED_NOW = (
    *("budget", "budget_forecast", "eligibility_rule", "entitlement_entry", "fee", "fund", "grant_application"),
    *("grant_call", "grant_claim", "grant_claim_line", "grant_instalment", "grant_rate", "grant_return", "grant_score"),
    *("grant_source", "grant_spend", "ledger_period", "payee", "payee_collection", "payment_file"),
)

# The key is written as `verify` writes it: the columns of the primary key in their order, with a stroke between.
SEAL_TABLE = r"""
CREATE FUNCTION seal_table(owner regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := owner::text;
    key_of_new text;
BEGIN
    SELECT string_agg(format('NEW.%I::text', a.attname), ' || ''/'' || ' ORDER BY array_position(i.indkey, a.attnum))
    INTO key_of_new FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = owner AND i.indisprimary;
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS seal text', name);
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = owner AND tgname = 'zz_' || name || '_sealed') THEN
        -- The name comes last in the alphabet, so that it sees what every other trigger made of the row.
        EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION seal_row()',
                       'zz_' || name || '_sealed', name);
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER %I', name, 'zz_' || name || '_sealed');
        EXECUTE format('UPDATE %I SET seal = NULL', name);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    END IF;
    EXECUTE format($body$
        CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                INSERT INTO seal_entry (owner, key) VALUES (%L, %s);
            ELSIF TG_OP = 'INSERT' OR NEW.seal IS DISTINCT FROM OLD.seal THEN
                INSERT INTO seal_entry (owner, key, written) VALUES (%L, %s, NEW.seal);
            END IF;
            RETURN NULL;
        END $f$ $body$, 'log_' || name, name, replace(key_of_new, 'NEW.', 'OLD.'), name, key_of_new);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
                   'zz_' || name || '_logged', name, 'log_' || name);
    EXECUTE format('INSERT INTO seal_entry (owner, key, written) SELECT %L, %s, seal FROM %I', name,
                   replace(key_of_new, 'NEW.', ''), name);
END $$
"""


def upgrade() -> None:
    op.create_table(
        "seal_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("owner", sa.String(length=63), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_entry")),
    )
    op.create_table(
        "seal_head",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("upto_id", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1 AND entries >= 1", name=op.f("ck_seal_head_numbers")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seal_head")),
        sa.UniqueConstraint("upto_id", name=op.f("uq_seal_head_upto_id")),
    )
    for table in ("seal_entry", "seal_head"):
        chassis_schema.make_append_only(op, table)
    op.execute(SEAL_TABLE)
    for table in (*SEALED_BEFORE, *SEALED_NOW):
        op.execute(f"SELECT seal_table('{table}')")


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
