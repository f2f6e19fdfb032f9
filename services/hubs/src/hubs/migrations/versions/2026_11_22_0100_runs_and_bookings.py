"""Runs that hubs keep themselves, with sessions; bookings that are held, waited for, offered and confirmed.

Revision: 0100. Follows: 0001.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0100"
down_revision = "0001"
branch_labels = None
depends_on = None

RUN_STATES = ("draft", "open", "postponed", "moved_online", "cancelled", "closed")
BOOKING_STATES = ("held", "waiting", "offered", "confirmed", "attended", "no_show", "cancelled", "expired")
LIVE = "status IN ('held', 'offered', 'confirmed', 'attended', 'no_show', 'waiting')"


def _replace_states(table: str, states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT status")
    if table == "booking":
        op.execute("UPDATE booking SET status = 'confirmed' WHERE status = 'placed'")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_status CHECK (status IN ({listed}))")


def upgrade() -> None:
    _runs()
    _bookings()
    _waiting_list()


def _runs() -> None:
    _replace_states("course_run", RUN_STATES)
    for column in (
        sa.Column("places_per_school", sa.Integer(), nullable=True),
        sa.Column("hold_minutes", sa.Integer(), server_default="30", nullable=False),
        sa.Column("offer_minutes", sa.Integer(), server_default="2880", nullable=False),
        sa.Column("joining_link", sa.String(length=300), nullable=True),
        sa.Column("facilitator_ids", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("status_reason", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ):
        op.add_column("course_run", column)
    op.create_check_constraint(op.f("ck_course_run_places_per_school"), "course_run", "places_per_school > 0")
    op.create_check_constraint(op.f("ck_course_run_minutes"), "course_run", "hold_minutes > 0 AND offer_minutes > 0")
    op.create_table(
        "course_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_course_session_minutes")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_course_session_dates")),
        sa.ForeignKeyConstraint(["course_run_id"], ["course_run.id"], name=op.f("fk_course_session_course_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_session")),
        sa.UniqueConstraint("course_run_id", "ordinal", name=op.f("uq_course_session_course_run_id_ordinal")),
    )


def _bookings() -> None:
    op.add_column("booking", sa.Column("confirmed_at", UtcDateTime(), nullable=True))
    op.add_column("booking", sa.Column("expires_at", UtcDateTime(), nullable=True))
    op.add_column("booking", sa.Column("band", sa.Integer(), nullable=True))
    op.add_column("booking", sa.Column("waiting_since", UtcDateTime(), nullable=True))
    op.add_column("booking", sa.Column("booked_by", sa.Uuid(), nullable=True))
    op.add_column("booking", sa.Column("transferred_from", sa.Uuid(), nullable=True))
    op.drop_index("uq_booking_live", table_name="booking")
    _replace_states("booking", BOOKING_STATES)
    # What was a place is a confirmed one, and what the register said of it is from now on the booking's state too.
    op.execute("UPDATE booking SET confirmed_at = placed_at")
    op.execute(
        "UPDATE booking SET status = CASE outcome WHEN 'attended' THEN 'attended' ELSE 'no_show' END "
        "FROM register_entry WHERE register_entry.booking_id = booking.id AND booking.status = 'confirmed'"
    )
    op.create_foreign_key(op.f("fk_booking_transferred_from"), "booking", "booking", ["transferred_from"], ["id"])
    op.create_check_constraint(
        op.f("ck_booking_expires_at"),
        "booking",
        "(status IN ('held', 'offered', 'waiting')) = (expires_at IS NOT NULL)",
    )
    op.create_check_constraint(op.f("ck_booking_band"), "booking", "(band IS NULL) = (waiting_since IS NULL)")
    op.create_index(
        "uq_booking_live", "booking", ["course_run_id", "teacher_id"], unique=True, postgresql_where=sa.text(LIVE)
    )
    op.create_index(
        "ix_booking_expires_at", "booking", ["expires_at"], postgresql_where=sa.text("expires_at IS NOT NULL")
    )
    op.create_index(
        "ix_booking_waiting",
        "booking",
        ["course_run_id", "band", "waiting_since", "id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _waiting_list() -> None:
    criterion = sa.Enum(
        "priority_school",
        "hub_member",
        "anyone",
        name="criterion",
        native_enum=False,
        create_constraint=True,
        length=30,
    )
    bands = op.create_table(
        "waiting_band",
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("criterion", criterion, nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("band", name=op.f("pk_waiting_band")),
    )
    source = "Network rule of 2018: priority schools first, then first come"
    op.bulk_insert(
        bands,
        [
            {"band": 1, "criterion": "priority_school", "title": "Teachers at priority schools", "source": source},
            {"band": 2, "criterion": "anyone", "title": "Everybody else", "source": source},
        ],
    )
    op.create_table(
        "priority_school",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("urn", "from_on", name=op.f("pk_priority_school")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
