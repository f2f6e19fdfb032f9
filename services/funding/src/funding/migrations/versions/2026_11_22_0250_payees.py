"""Payees and their bank details, kept in every version.

Revision: 0250. Follows: 0240.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0250"
down_revision = "0240"
branch_labels = None
depends_on = None

# Of what waits to be decided only the decision may be added; of what is decided only the key that seals it may change.
KEEP_DETAILS = """
CREATE FUNCTION keep_payee_details() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['seal'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.decided_at IS NULL THEN
        free := free || ARRAY['outcome', 'decided_by', 'decided_at', 'decision_reason', 'confirmation_method',
                              'confirmed_on', 'confirmation_note', 'usable_from_at'];
    ELSIF TG_OP = 'UPDATE' THEN
        free := free || ARRAY['sealed', 'key_id'];
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
        RAISE EXCEPTION 'payee_details is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "payee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('school', 'trust', 'authority', 'hub')", name=op.f("ck_payee_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_payee_kind_reference")),
    )
    op.create_index("ix_payee_created_at", "payee", ["created_at", "id"])
    _details()
    op.create_table(
        "payee_collection",
        sa.Column("payee_key", sa.String(length=60), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("details_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["payee_id"], ["payee.id"], name=op.f("fk_payee_collection_payee_id")),
        sa.ForeignKeyConstraint(["details_id"], ["payee_details.id"], name=op.f("fk_payee_collection_details_id")),
        sa.PrimaryKeyConstraint("payee_key", name=op.f("pk_payee_collection")),
    )
    op.create_index(op.f("ix_payee_collection_payee_id"), "payee_collection", ["payee_id"])


def _details() -> None:
    op.create_table(
        "payee_details",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.String(length=100), nullable=False),
        sa.Column("account_ending", sa.String(length=4), nullable=False),
        sa.Column("sort_code_ending", sa.String(length=2), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=100), nullable=False),
        sa.Column("collects_for", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("modulus_check", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmation_method", sa.String(length=20), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmation_note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("usable_from_at", UtcDateTime(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_payee_details_version")),
        sa.CheckConstraint("outcome IN ('approved', 'declined')", name=op.f("ck_payee_details_outcome")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_payee_details_second_person")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_payee_details_decided"),
        ),
        sa.CheckConstraint(
            "outcome <> 'approved' OR (confirmation_method IS NOT NULL AND confirmed_on IS NOT NULL "
            "AND usable_from_at >= decided_at)",
            name=op.f("ck_payee_details_confirmed"),
        ),
        sa.CheckConstraint("outcome = 'approved' OR usable_from_at IS NULL", name=op.f("ck_payee_details_usable")),
        sa.ForeignKeyConstraint(["payee_id"], ["payee.id"], name=op.f("fk_payee_details_payee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_details")),
        sa.UniqueConstraint("payee_id", "version", name=op.f("uq_payee_details_payee_id_version")),
        sa.UniqueConstraint(
            "id", "payee_id", "usable_from_at", name=op.f("uq_payee_details_id_payee_id_usable_from_at")
        ),
    )
    op.create_index(
        "uq_payee_details_undecided",
        "payee_details",
        ["payee_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.execute(KEEP_DETAILS)
    op.execute(
        "CREATE TRIGGER payee_details_kept BEFORE UPDATE OR DELETE ON payee_details "
        "FOR EACH ROW EXECUTE FUNCTION keep_payee_details()"
    )
    op.execute(
        "CREATE TRIGGER payee_details_not_emptied BEFORE TRUNCATE ON payee_details "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER zz_payee_details_sealed BEFORE INSERT OR UPDATE ON payee_details "
        "FOR EACH ROW EXECUTE FUNCTION seal_row()"
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
