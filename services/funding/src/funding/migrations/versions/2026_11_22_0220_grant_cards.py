"""Grant cards, and the guard of life cycles: which columns may change, and from which status to which.

Revision: 0220. Follows: 0210.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0220"
down_revision = "0210"
branch_labels = None
depends_on = None

GUARD = """
CREATE FUNCTION guard_life_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := string_to_array(TG_ARGV[0], ',');
    steps text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - may_change <> to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION '%: only % may change', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> NEW.status AND NOT (OLD.status || '>' || NEW.status) = ANY (steps) THEN
        RAISE EXCEPTION '% goes not from % to %', TG_TABLE_NAME, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "grant_card_version",
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('draft', 'approved', 'declined')", name=op.f("ck_grant_card_version_status")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_grant_card_version_version")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_grant_card_version_second_person")),
        sa.CheckConstraint(
            "status = 'draft' OR proposed_by IS NULL OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_grant_card_version_decided"),
        ),
        sa.PrimaryKeyConstraint("card", "version", name=op.f("pk_grant_card_version")),
    )
    op.create_index(
        "uq_grant_card_version_in_force",
        "grant_card_version",
        ["card", "project_year", "effective_from"],
        unique=True,
        postgresql_where=sa.text("status = 'approved'"),
    )
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER grant_card_version_guard BEFORE UPDATE OR DELETE ON grant_card_version FOR EACH ROW "
        "EXECUTE FUNCTION guard_life_cycle('status,decided_by,decided_at,reason,seal', 'draft>approved,draft>declined')"
    )
    op.execute(
        "CREATE TRIGGER zz_grant_card_version_sealed BEFORE INSERT OR UPDATE ON grant_card_version "
        "FOR EACH ROW EXECUTE FUNCTION seal_row()"
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
