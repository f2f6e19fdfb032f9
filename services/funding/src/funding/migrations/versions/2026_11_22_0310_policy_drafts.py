"""Drafts of policies; published versions know their author and approver, and are what was approved.

Revision: 0310. Follows: 0300.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0310"
down_revision = "0300"
branch_labels = None
depends_on = None

DRAFT = """
CREATE FUNCTION policy_draft_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'drafts are not removed' USING ERRCODE = 'check_violation';
    END IF;
    NEW.checksum := encode(sha256(convert_to(
        NEW.budget || E'\\n' || NEW.document || E'\\n' || NEW.cases, 'UTF8')), 'hex');
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
CREATE FUNCTION policy_version_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.checksum <> encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the checksum is not of this text' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.draft_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM policy_draft WHERE id = NEW.draft_id AND status = 'approved' AND approved_checksum = checksum
            AND document = NEW.document AND budget = NEW.budget AND author_id = NEW.author_id
            AND decided_by = NEW.approved_by)
    THEN
        RAISE EXCEPTION 'this is not what was approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    for name in ("draft_id", "author_id", "approved_by"):
        op.add_column("policy_version", sa.Column(name, sa.Uuid(), nullable=True))
    op.create_check_constraint(op.f("ck_policy_version_second_person"), "policy_version", "approved_by <> author_id")
    op.create_check_constraint(
        op.f("ck_policy_version_people"),
        "policy_version",
        "(draft_id IS NULL) = (author_id IS NULL) AND (draft_id IS NULL) = (approved_by IS NULL)",
    )
    _drafts()
    for statement in (
        DRAFT,
        VERSION,
        "CREATE TRIGGER policy_draft_steps BEFORE INSERT OR UPDATE OR DELETE ON policy_draft "
        "FOR EACH ROW EXECUTE FUNCTION policy_draft_steps()",
        "CREATE TRIGGER policy_version_is_approved BEFORE INSERT ON policy_version "
        "FOR EACH ROW EXECUTE FUNCTION policy_version_is_approved()",
        "CREATE TRIGGER zz_policy_draft_sealed BEFORE INSERT OR UPDATE ON policy_draft "
        "FOR EACH ROW EXECUTE FUNCTION seal_row()",
    ):
        op.execute(statement)


def _drafts() -> None:
    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
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
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'tested', 'approved', 'declined', 'published')", name=op.f("ck_policy_draft_status")
        ),
        sa.CheckConstraint("decided_by <> author_id", name=op.f("ck_policy_draft_second_person")),
        sa.CheckConstraint(
            "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_policy_draft_decision"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'published') OR approved_checksum = checksum",
            name=op.f("ck_policy_draft_as_approved"),
        ),
        sa.CheckConstraint("status = 'draft' OR tested_checksum = checksum", name=op.f("ck_policy_draft_as_tested")),
        sa.CheckConstraint(
            "(status = 'published') = (published_version IS NOT NULL)", name=op.f("ck_policy_draft_publication")
        ),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_policy_draft_budget")),
        sa.ForeignKeyConstraint(
            ["policy", "published_version"],
            ["policy_version.policy", "policy_version.version"],
            name=op.f("fk_policy_draft_policy_published_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_draft")),
    )
    op.create_index(
        "uq_policy_draft_published",
        "policy_draft",
        ["policy", "published_version"],
        unique=True,
        postgresql_where=sa.text("published_version IS NOT NULL"),
    )
    op.create_index("ix_policy_draft_policy_id", "policy_draft", ["policy", "id"])


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
