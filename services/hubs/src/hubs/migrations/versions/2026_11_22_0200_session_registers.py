"""Registers of sessions, and by which rule a run is completed.

Revision: session_registers. Follows: hub_schools.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "session_registers"
down_revision = "hub_schools"
branch_labels = None
depends_on = None

BOOKING_STATES = (
    "held",
    "waiting",
    "offered",
    "confirmed",
    "attended",
    "incomplete",
    "no_show",
    "cancelled",
    "expired",
)
LIVE = "status IN ('held', 'offered', 'confirmed', 'attended', 'incomplete', 'no_show', 'waiting')"
OUTCOMES = ("attended", "absent", "incomplete")
DEFAULT_RULE = "0193553c-5c00-7000-8000-000000000080"


def upgrade() -> None:
    _bookings()
    _rules()
    _decisions()
    _sessions()
    _sign_in()


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def _bookings() -> None:
    listed = ", ".join(f"'{state}'" for state in BOOKING_STATES)
    op.execute("ALTER TABLE booking DROP CONSTRAINT ck_booking_status")
    op.execute(f"ALTER TABLE booking ADD CONSTRAINT ck_booking_status CHECK (status IN ({listed}))")
    op.drop_index("uq_booking_live", table_name="booking")
    op.create_index(
        "uq_booking_live", "booking", ["course_run_id", "teacher_id"], unique=True, postgresql_where=sa.text(LIVE)
    )


def _rules() -> None:
    rules = op.create_table(
        "completion_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", _one_of("scope", "default", "programme", "course"), nullable=False),
        sa.Column("applies_to", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("minimum_percent", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("credit", _one_of("credit", "course_hours", "minutes_attended"), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("valid_to_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", _one_of("status", "proposed", "approved", "refused"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_completion_rule_version")),
        sa.CheckConstraint(
            "minimum_percent > 0 AND minimum_percent <= 100", name=op.f("ck_completion_rule_minimum_percent")
        ),
        sa.CheckConstraint("valid_to_on >= valid_from_on", name=op.f("ck_completion_rule_validity")),
        sa.CheckConstraint("proposed_by <> decided_by", name=op.f("ck_completion_rule_two_people")),
        sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_completion_rule_decided")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_rule")),
        sa.UniqueConstraint("scope", "applies_to", "version", name=op.f("uq_completion_rule_scope_applies_to_version")),
    )
    # Without any rule no run with sessions could be closed: one comes with the table, as the bands of waiting did.
    op.execute(
        sa.insert(rules).values(
            id=UUID(DEFAULT_RULE),
            scope="default",
            applies_to="everything",
            version=1,
            minimum_percent=80,
            credit="course_hours",
            valid_from_on=date(2018, 1, 1),
            source="House rule of the platform: the sources ask for courses to be completed and name no share.",
            status="approved",
            proposed_at=sa.text("now()"),
            decided_at=sa.text("now()"),
            reason="Came with the platform.",
        )
    )


def _decisions() -> None:
    listed = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)
    op.execute("ALTER TABLE register_entry DROP CONSTRAINT outcome")
    op.execute(f"ALTER TABLE register_entry ADD CONSTRAINT ck_register_entry_outcome CHECK (outcome IN ({listed}))")
    for column in (
        sa.Column("basis", sa.String(length=30), server_default="stated", nullable=False),
        sa.Column("minutes_planned", sa.Integer(), nullable=True),
        sa.Column("minutes_attended", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
    ):
        op.add_column("register_entry", column)
    op.create_check_constraint(op.f("ck_register_entry_basis"), "register_entry", "basis IN ('stated', 'sessions')")
    op.create_check_constraint(
        op.f("ck_register_entry_minutes"), "register_entry", "minutes_attended BETWEEN 0 AND minutes_planned"
    )
    op.create_table(
        "register_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outcome", _one_of("outcome", *OUTCOMES), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("basis", _one_of("basis", "stated", "sessions"), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_register_decision_revision")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_register_decision_booking_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["completion_rule.id"], name=op.f("fk_register_decision_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_decision")),
        sa.UniqueConstraint("booking_id", "revision", name=op.f("uq_register_decision_booking_id_revision")),
    )
    chassis_schema.make_append_only(op, "register_decision")
    op.create_table(
        "run_register",
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_run_register_closed")),
        sa.ForeignKeyConstraint(["course_run_id"], ["course_run.id"], name=op.f("fk_run_register_course_run_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["completion_rule.id"], name=op.f("fk_run_register_rule_id")),
        sa.PrimaryKeyConstraint("course_run_id", name=op.f("pk_run_register")),
    )


def _sessions() -> None:
    op.create_table(
        "session_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("presence", _one_of("presence", "present", "absent", "excused"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("origin", _one_of("origin", "staff", "sign_in", "whole_run", "closing"), nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(presence = 'present') = (minutes > 0) AND minutes >= 0", name=op.f("ck_session_attendance_minutes")
        ),
        sa.CheckConstraint(
            "presence = 'present' OR (arrived_at IS NULL AND left_at IS NULL)",
            name=op.f("ck_session_attendance_times"),
        ),
        sa.CheckConstraint("arrived_at < left_at", name=op.f("ck_session_attendance_order")),
        sa.ForeignKeyConstraint(["session_id"], ["course_session.id"], name=op.f("fk_session_attendance_session_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_session_attendance_booking_id")),
        sa.PrimaryKeyConstraint("session_id", "booking_id", name=op.f("pk_session_attendance")),
    )
    op.create_index("ix_session_attendance_booking_id", "session_attendance", ["booking_id"])


def _sign_in() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["course_session.id"], name=op.f("fk_sign_in_code_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_sign_in_code")),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_sign_in_tries_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_sign_in_tries")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
