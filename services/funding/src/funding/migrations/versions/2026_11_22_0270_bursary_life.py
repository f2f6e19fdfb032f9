"""The life of a bursary, checked by the database: steps, history, parts, second approval, entitlements.

Revision: 0270. Follows: 0260.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0270"
down_revision = "0260"
branch_labels = None
depends_on = None

LIVE = "('eligible', 'needs_review', 'approved', 'claimable', 'claimed', 'paid')"
FUNDED = "('approved', 'claimable', 'claimed', 'paid', 'clawed_back')"
STATUSES = (
    "('eligible', 'needs_review', 'ineligible', 'approved', 'declined', 'claimable', 'claimed', 'paid', 'cancelled', "
    "'lapsed', 'clawed_back')"
)
STEPS = (
    ("", "eligible", "Applied for, and the rule says yes"),
    ("", "needs_review", "Applied for, and a fact is missing"),
    ("", "ineligible", "Applied for, and the rule says no"),
    ("needs_review", "eligible", "Decided again: yes"),
    ("needs_review", "ineligible", "Decided again: no"),
    ("needs_review", "declined", "A person declined it"),
    ("needs_review", "cancelled", "The booking was given up"),
    ("needs_review", "lapsed", "Withdrawn"),
    ("eligible", "needs_review", "Decided again: a fact is missing now"),
    ("eligible", "ineligible", "Decided again: no"),
    ("eligible", "approved", "Approved, and the money is reserved"),
    ("eligible", "claimable", "Approved, the money is reserved, and it was earned before"),
    ("eligible", "declined", "A person declined it"),
    ("eligible", "cancelled", "The booking was given up"),
    ("eligible", "lapsed", "Withdrawn"),
    ("approved", "claimable", "Earned"),
    ("approved", "cancelled", "The booking was given up; the money is released"),
    ("approved", "lapsed", "Withdrawn, or not earned in time; the money is released"),
    ("claimable", "approved", "What earned it was withdrawn"),
    ("claimable", "claimed", "Claimed"),
    ("claimable", "cancelled", "The booking was given up; the money is released"),
    ("claimable", "lapsed", "Withdrawn; the money is released"),
    ("claimed", "claimable", "The claim was declined"),
    ("claimed", "paid", "Paid"),
    ("claimed", "cancelled", "The booking was given up before the claim was decided; the money is released"),
    ("claimed", "lapsed", "Withdrawn before the claim was decided; the money is released"),
    ("paid", "clawed_back", "The money came back"),
)

MOVES = """
CREATE FUNCTION bursary_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
BEGIN
    IF TG_OP = 'INSERT' AND NEW.decided_by IS NOT NULL THEN
        RAISE EXCEPTION 'a bursary is not approved as it is applied for' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        before := OLD.status;
        IF (NEW.id, NEW.teacher_id, NEW.booking_id, NEW.school_urn, NEW.applied_on, NEW.applied_at)
           IS DISTINCT FROM (OLD.id, OLD.teacher_id, OLD.booking_id, OLD.school_urn, OLD.applied_on, OLD.applied_at)
        THEN
            RAISE EXCEPTION 'what bursary % is for does not change', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.decided_by IS NOT NULL
           AND (NEW.amount_pence, NEW.fee_pence, NEW.policy, NEW.policy_version, NEW.budget, NEW.decisions, NEW.days,
                NEW.part, NEW.second_approval_above_pence)
               IS DISTINCT FROM
               (OLD.amount_pence, OLD.fee_pence, OLD.policy, OLD.policy_version, OLD.budget, OLD.decisions, OLD.days,
                OLD.part, OLD.second_approval_above_pence)
        THEN
            RAISE EXCEPTION 'bursary % was approved as it is, and does not change', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.status NOT IN ('eligible', 'needs_review')
           AND (NEW.decided_by, NEW.decided_at, NEW.second_approved_by)
               IS DISTINCT FROM (OLD.decided_by, OLD.decided_at, OLD.second_approved_by)
        THEN
            RAISE EXCEPTION 'who decided on bursary % does not change', OLD.id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.status IS DISTINCT FROM before THEN
        IF NOT EXISTS (SELECT FROM bursary_transition WHERE from_status = before AND to_status = NEW.status) THEN
            RAISE EXCEPTION 'a bursary does not go from "%" to "%"', before, NEW.status
                USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.moved_at IS NOT DISTINCT FROM OLD.moved_at THEN
            NEW.moved_by := NULL;
            NEW.moved_because := NULL;
            NEW.moved_cause := NULL;
            NEW.moved_at := clock_timestamp();
        END IF;
        NEW.moved_at := coalesce(NEW.moved_at, clock_timestamp());
    END IF;
    RETURN NEW;
END $$
"""
HISTORY = """
CREATE FUNCTION bursary_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := OLD.status;
    END IF;
    IF NEW.status IS DISTINCT FROM before THEN
        INSERT INTO bursary_move (bursary_id, from_status, to_status, actor_id, reason, cause, moved_at)
        VALUES (NEW.id, before, NEW.status, NEW.moved_by, NEW.moved_because, NEW.moved_cause, NEW.moved_at);
    END IF;
    RETURN NULL;
END $$
"""
ENTITLEMENT = f"""
CREATE FUNCTION bursary_holds_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
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
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 # names from above
TRIGGERS = (
    "CREATE TRIGGER bursary_moves BEFORE INSERT OR UPDATE ON bursary FOR EACH ROW EXECUTE FUNCTION bursary_moves()",
    "CREATE TRIGGER bursary_moved AFTER INSERT OR UPDATE OF status ON bursary "
    "FOR EACH ROW EXECUTE FUNCTION bursary_moved()",
    "CREATE TRIGGER bursary_holds_entitlement AFTER INSERT OR UPDATE OF status, quota_key ON bursary "
    "FOR EACH ROW EXECUTE FUNCTION bursary_holds_entitlement()",
)
HELD_BEFORE = (
    f"""
    INSERT INTO entitlement (quota_key, at_most, reserved, consumed)
    SELECT quota_key, 1, (status <> 'paid')::integer, (status = 'paid')::integer FROM bursary
    WHERE quota_key IS NOT NULL AND status IN {LIVE}
    """,  # noqa: S608 # names from above
    f"""
    INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
    SELECT quota_key, id, 'reserve', applied_at FROM bursary WHERE quota_key IS NOT NULL AND status IN {LIVE}
    """,  # noqa: S608 # names from above
    """
    INSERT INTO entitlement_entry (quota_key, bursary_id, kind, moved_at)
    SELECT quota_key, id, 'consume', clock_timestamp() FROM bursary WHERE quota_key IS NOT NULL AND status = 'paid'
    """,
    """
    INSERT INTO bursary_move (bursary_id, from_status, to_status, actor_id, reason, cause, moved_at)
    SELECT id, NULL, status, decided_by, 'As it stood when histories began', NULL, coalesce(decided_at, applied_at)
    FROM bursary
    """,
)


def upgrade() -> None:
    _columns()
    _constraints()
    _tables()
    op.bulk_insert(
        sa.table("bursary_transition", *(sa.column(name) for name in ("from_status", "to_status", "means"))),
        [dict(zip(("from_status", "to_status", "means"), step, strict=True)) for step in STEPS],
    )
    op.execute(
        "CREATE TRIGGER zz_bursary_move_sealed BEFORE INSERT OR UPDATE ON bursary_move "
        "FOR EACH ROW EXECUTE FUNCTION seal_row()"
    )
    for statement in (*HELD_BEFORE, MOVES, HISTORY, ENTITLEMENT, *TRIGGERS):
        op.execute(statement)
    for table in ("bursary_move", "entitlement_entry", "bursary_transition"):
        chassis_schema.make_append_only(op, table)


def _columns() -> None:
    added = (
        sa.Column("quota_at_most", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("part", sa.String(length=40), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("earn_by_on", sa.Date(), nullable=True),
        sa.Column("second_approval_above_pence", sa.BigInteger(), nullable=True),
        sa.Column("second_approved_by", sa.Uuid(), nullable=True),
        sa.Column("second_approved_at", UtcDateTime(), nullable=True),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("moved_because", sa.Text(), nullable=True),
        sa.Column("moved_cause", sa.String(length=120), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=True),
    )
    for column in added:
        op.add_column("bursary", column)
    op.add_column("bursary_decision", sa.Column("cause", sa.String(length=120), nullable=True))
    op.add_column("bursary_decision", sa.Column("valid_until_on", sa.Date(), nullable=True))


def _constraints() -> None:
    for name in ("status", "approved"):
        op.drop_constraint(f"ck_bursary_{name}", "bursary")
    checks = {
        "status": f"status IN {STATUSES}",
        "approved": f"status NOT IN {FUNDED} OR (decided_by IS NOT NULL AND amount_pence > 0)",
        "third_person": "second_approved_by NOT IN (teacher_id, decided_by)",
        "approved_in_order": "second_approved_by IS NULL OR decided_by IS NOT NULL",
        "second_approval": f"status NOT IN {FUNDED} OR second_approval_above_pence IS NULL "
        "OR amount_pence <= second_approval_above_pence OR second_approved_by IS NOT NULL",
        "part_of_group": "(part IS NULL) = (group_id IS NULL)",
        "quota": "quota_at_most >= 1",
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_bursary_{name}"), "bursary", condition)
    op.drop_constraint("ck_recovery_case_because", "recovery_case")
    op.create_check_constraint(
        op.f("ck_recovery_case_because"),
        "recovery_case",
        "because IN ('completion_withdrawn', 'booking_cancelled', 'programme_given_up', 'overpayment', 'underspend')",
    )
    op.drop_index("uq_bursary_live_booking", "bursary")
    op.drop_index("uq_bursary_live_quota", "bursary")
    live = f"status IN {LIVE}"
    part = sa.text("coalesce(part, '')")
    op.create_index(
        "uq_bursary_live_part", "bursary", ["booking_id", part], unique=True, postgresql_where=sa.text(live)
    )
    one = sa.text(f"{live} AND quota_at_most = 1")
    op.create_index("uq_bursary_live_quota", "bursary", ["quota_key"], unique=True, postgresql_where=one)
    op.create_index("ix_bursary_group_id", "bursary", ["group_id"])
    op.create_index("ix_bursary_booking_id", "bursary", ["booking_id"])
    waiting = sa.text("status = 'approved'")
    op.create_index("ix_bursary_earn_by_on", "bursary", ["earn_by_on"], postgresql_where=waiting)


def _tables() -> None:
    op.create_table(
        "bursary_transition",
        sa.Column("from_status", sa.String(length=20), nullable=False),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("means", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("from_status", "to_status", name=op.f("pk_bursary_transition")),
    )
    op.create_table(
        "bursary_move",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("cause", sa.String(length=120), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_bursary_move_bursary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bursary_move")),
    )
    op.create_index("ix_bursary_move_bursary_id", "bursary_move", ["bursary_id", "id"])
    op.create_table(
        "entitlement",
        sa.Column("quota_key", sa.String(length=200), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("consumed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND consumed >= 0 AND reserved + consumed <= at_most",
            name=op.f("ck_entitlement_within_quota"),
        ),
        sa.PrimaryKeyConstraint("quota_key", name=op.f("pk_entitlement")),
    )
    op.create_table(
        "entitlement_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("quota_key", sa.String(length=200), nullable=False),
        sa.Column("bursary_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('reserve', 'consume', 'release')", name=op.f("ck_entitlement_entry_kind")),
        sa.ForeignKeyConstraint(["quota_key"], ["entitlement.quota_key"], name=op.f("fk_entitlement_entry_quota_key")),
        sa.ForeignKeyConstraint(["bursary_id"], ["bursary.id"], name=op.f("fk_entitlement_entry_bursary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement_entry")),
    )
    op.create_index(op.f("ix_entitlement_entry_quota_key"), "entitlement_entry", ["quota_key"])
    op.create_index("ix_completion_teacher_id", "completion", ["teacher_id"])


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
