"""Review tasks, overrides of facts by two people, and the impacts of changes.

Revision: 0290. Follows: 0280.
"""

import sqlalchemy as sa
from alembic import op

from chassis.db import UtcDateTime

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None

KEEPS = """
CREATE FUNCTION fact_override_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'overrides are not removed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'proposed' THEN
            RAISE EXCEPTION 'an override begins as a proposal' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.school_urn, NEW.teacher_id, NEW.fact, NEW.value, NEW.reason, NEW.evidence, NEW.requested_by,
        NEW.requested_on, NEW.requested_at, NEW.expires_on)
       IS DISTINCT FROM
       (OLD.id, OLD.school_urn, OLD.teacher_id, OLD.fact, OLD.value, OLD.reason, OLD.evidence, OLD.requested_by,
        OLD.requested_on, OLD.requested_at, OLD.expires_on)
    THEN
        RAISE EXCEPTION 'what override % says does not change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status <> 'proposed' AND (NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at)
    THEN
        RAISE EXCEPTION 'who decided on override % does not change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status)
       NOT IN (('proposed', 'approved'), ('proposed', 'declined'), ('approved', 'ended'))
    THEN
        RAISE EXCEPTION 'an override does not go from "%" to "%"', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    _reviews()
    _overrides()
    _impacts()
    op.execute(KEEPS)
    op.execute(
        "CREATE TRIGGER fact_override_keeps BEFORE INSERT OR UPDATE OR DELETE ON fact_override "
        "FOR EACH ROW EXECUTE FUNCTION fact_override_keeps()"
    )
    op.execute(
        "CREATE TRIGGER zz_fact_override_sealed BEFORE INSERT OR UPDATE ON fact_override "
        "FOR EACH ROW EXECUTE FUNCTION seal_row()"
    )


def _reviews() -> None:
    op.create_table(
        "review_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owned_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'settled')", name=op.f("ck_review_task_status")),
        sa.CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_review_task_settled")),
        sa.CheckConstraint("(owner_id IS NULL) = (owned_at IS NULL)", name=op.f("ck_review_task_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_task")),
    )
    teacher = sa.text("coalesce(teacher_id::text, '')")
    op.create_index(
        "uq_review_task_open",
        "review_task",
        ["school_urn", teacher, "fact"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_review_task_due_on", "review_task", ["due_on", "id"])
    op.create_table(
        "review_wait",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["review_task.id"], name=op.f("fk_review_wait_task_id")),
        sa.PrimaryKeyConstraint("task_id", "subject", name=op.f("pk_review_wait")),
    )
    op.create_index(op.f("ix_review_wait_subject"), "review_wait", ["subject"])


def _overrides() -> None:
    op.create_table(
        "fact_override",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('proposed', 'approved', 'declined', 'ended')", name=op.f("ck_fact_override_status")
        ),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("ck_fact_override_second_person")),
        sa.CheckConstraint(
            "teacher_id NOT IN (requested_by, decided_by)", name=op.f("ck_fact_override_not_of_oneself")
        ),
        sa.CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name=op.f("ck_fact_override_decided")),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_fact_override_decision")),
        sa.CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_fact_override_ended")),
        sa.CheckConstraint(
            "expires_on > requested_on AND expires_on <= requested_on + 366", name=op.f("ck_fact_override_expiry")
        ),
        sa.CheckConstraint("length(reason) > 0 AND length(evidence) > 0", name=op.f("ck_fact_override_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_override")),
    )
    teacher = sa.text("coalesce(teacher_id::text, '')")
    approved = sa.text("status = 'approved'")
    op.create_index(
        "uq_fact_override_approved",
        "fact_override",
        ["school_urn", teacher, "fact"],
        unique=True,
        postgresql_where=approved,
    )
    op.create_index("ix_fact_override_expires_on", "fact_override", ["expires_on"], postgresql_where=approved)
    op.create_index("ix_fact_override_requested_at", "fact_override", ["requested_at", "id"])


def _impacts() -> None:
    op.create_table(
        "impact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact")),
    )
    op.create_index("ix_impact_opened_at", "impact", ["opened_at", "id"])
    op.create_table(
        "impact_item",
        sa.Column("impact_id", sa.Uuid(), nullable=False),
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("status_before", sa.String(length=20), nullable=False),
        sa.Column("amount_before_pence", sa.BigInteger(), nullable=False),
        sa.Column("outcome_after", sa.String(length=20), nullable=True),
        sa.Column("amount_after_pence", sa.BigInteger(), nullable=True),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "effect IN ('pending', 'unchanged', 'decided', 'kept', 'gone')", name=op.f("ck_impact_item_effect")
        ),
        sa.ForeignKeyConstraint(["impact_id"], ["impact.id"], name=op.f("fk_impact_item_impact_id")),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_impact_item_bursary_id")),
        sa.PrimaryKeyConstraint("impact_id", "bursary_id", name=op.f("pk_impact_item")),
    )
    op.create_index(
        "ix_impact_item_pending",
        "impact_item",
        ["impact_id", "bursary_id"],
        postgresql_where=sa.text("effect = 'pending'"),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
