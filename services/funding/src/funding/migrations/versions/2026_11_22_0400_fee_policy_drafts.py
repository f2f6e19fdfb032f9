"""Drafts of fee policies; published fees know their author and approver, and are what was approved.

Revision: 0400. Follows: 0390.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0400"
down_revision = "0390"
branch_labels = None
depends_on = None

# As for bursary policies, which name a budget too; the checksums of those stay what they were.
STEPS = """
CREATE OR REPLACE FUNCTION policy_draft_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'drafts are not removed' USING ERRCODE = 'check_violation';
    END IF;
    NEW.checksum := encode(sha256(convert_to(concat_ws(
        E'\\n', to_jsonb(NEW) ->> 'budget', NEW.document, NEW.cases), 'UTF8')), 'hex');
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'a policy begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.author_id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.author_id, OLD.created_at) THEN
        RAISE EXCEPTION 'who wrote draft % does not change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.decided_by IS NOT NULL AND (NEW.decided_by, NEW.decided_at, NEW.approved_checksum, NEW.checksum)
       IS DISTINCT FROM (OLD.decided_by, OLD.decided_at, OLD.approved_checksum, OLD.checksum)
    THEN
        RAISE EXCEPTION 'draft % was decided on as it is, and does not change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.checksum <> OLD.checksum AND NEW.status <> 'draft' THEN
        RAISE EXCEPTION 'draft % was edited, and has to be tested again', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN
       (('draft', 'tested'), ('tested', 'draft'), ('tested', 'approved'), ('tested', 'declined'),
        ('approved', 'published'))
    THEN
        RAISE EXCEPTION 'a draft does not go from "%" to "%"', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
VERSION = """
CREATE FUNCTION fee_version_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.checksum <> encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the checksum is not of this text' USING ERRCODE = 'check_violation';
    END IF;
    IF ((NEW.document::jsonb ->> 'version')::integer, (NEW.document::jsonb ->> 'effective_from')::date)
       IS DISTINCT FROM (NEW.version, NEW.effective_from)
    THEN
        RAISE EXCEPTION 'the text is of another version' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.draft_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM fee_policy_draft WHERE id = NEW.draft_id AND status = 'approved' AND approved_checksum = checksum
            AND document = NEW.document AND author_id = NEW.author_id AND decided_by = NEW.approved_by)
    THEN
        RAISE EXCEPTION 'this is not what was approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER fee_policy_draft_decided BEFORE INSERT OR UPDATE ON fee_policy_draft FOR EACH ROW "
    "EXECUTE FUNCTION decided_stays('decided_by', 'decided_at,reason,approved_checksum', 'author_id,document,cases')",
    "CREATE TRIGGER fee_policy_draft_steps BEFORE INSERT OR UPDATE OR DELETE ON fee_policy_draft FOR EACH ROW "
    "EXECUTE FUNCTION policy_draft_steps()",
    "CREATE TRIGGER fee_version_is_approved BEFORE INSERT ON fee_policy_version FOR EACH ROW "
    "EXECUTE FUNCTION fee_version_is_approved()",
)


def upgrade() -> None:
    for name in ("draft_id", "author_id", "approved_by"):
        op.add_column("fee_policy_version", sa.Column(name, sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_fee_policy_version_second_person"), "fee_policy_version", "approved_by <> author_id"
    )
    op.create_check_constraint(
        op.f("ck_fee_policy_version_people"),
        "fee_policy_version",
        "(draft_id IS NULL) = (author_id IS NULL) AND (draft_id IS NULL) = (approved_by IS NULL)",
    )
    _drafts()
    for statement in (STEPS, VERSION, *TRIGGERS, "SELECT seal_table('fee_policy_draft')"):
        op.execute(statement)


def _drafts() -> None:
    op.create_table(
        "fee_policy_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("tested_checksum", sa.String(length=64), nullable=True),
        sa.Column("approved_checksum", sa.String(length=64), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        *_constraints(),
        sa.ForeignKeyConstraint(
            ["published_version"],
            ["fee_policy_version.version"],
            name=op.f("fk_fee_policy_draft_published_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_policy_draft")),
    )
    op.create_index(
        "uq_fee_policy_draft_published",
        "fee_policy_draft",
        ["published_version"],
        unique=True,
        postgresql_where=sa.text("published_version IS NOT NULL"),
    )


def _constraints() -> tuple[sa.CheckConstraint, ...]:
    held = {
        "status": "status IN ('draft', 'tested', 'approved', 'declined', 'published')",
        "second_person": "decided_by <> author_id",
        "decision": "(status IN ('approved', 'declined', 'published')) "
        "= (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
        "as_approved": "status NOT IN ('approved', 'published') OR approved_checksum = checksum",
        "as_tested": "status = 'draft' OR tested_checksum = checksum",
        "publication": "(status = 'published') = (published_version IS NOT NULL)",
    }
    return tuple(sa.CheckConstraint(said, name=op.f(f"ck_fee_policy_draft_{name}")) for name, said in held.items())


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
