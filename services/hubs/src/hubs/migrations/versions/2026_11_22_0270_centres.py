"""Events for pupils, centres, and equipment that is lent.

Revision: centres. Follows: resources.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "centres"
down_revision = "resources"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    # Equality of an id and overlap of a range in one index. The extension ships with PostgreSQL and is trusted: whoever
    # owns the database may create it.
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    _pupil_programme()
    _programme_enrolment()
    _pupil_event()
    _pupil_booking()
    _centre()
    _centre_space()
    _space_booking()
    _kit()
    _loan()
    _loan_step()
    _damage_report()


def _pupil_programme() -> None:
    op.create_table(
        "pupil_programme",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("aims", sa.ARRAY(sa.String(length=300)), nullable=False),
        sa.Column("phase", _one_of("phase", "primary", "secondary", "post_16"), nullable=False),
        sa.Column("key_stages", sa.ARRAY(sa.String(length=12)), nullable=False),
        sa.Column("first_year", sa.String(length=7), nullable=False),
        sa.Column("last_year", sa.String(length=7), nullable=True),
        sa.Column("is_state_funded_only", sa.Boolean(), nullable=False),
        sa.Column("counts_groups", sa.Boolean(), nullable=False),
        sa.Column("approaches", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("first_year <= last_year", name=op.f("ck_pupil_programme_years")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_pupil_programme")),
    )


def _programme_enrolment() -> None:
    op.create_table(
        "programme_enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_slug", sa.String(length=60), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("academic_year", sa.String(length=7), nullable=False),
        sa.Column("enrolled_at", UtcDateTime(), nullable=False),
        sa.Column("enrolled_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column(
            "withdrawn_because",
            _one_of("withdrawn_because", "timetable", "staffing", "no_longer_offered", "school_closing", "other"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name=op.f("ck_programme_enrolment_withdrawal")
        ),
        sa.ForeignKeyConstraint(
            ["programme_slug"], ["pupil_programme.slug"], name=op.f("fk_programme_enrolment_programme_slug")
        ),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_programme_enrolment_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_enrolment")),
    )
    op.create_index("ix_programme_enrolment_urn", "programme_enrolment", ["urn"], unique=False)
    op.create_index(
        "uq_programme_enrolment_live",
        "programme_enrolment",
        ["programme_slug", "academic_year", "urn"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _pupil_event_columns() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_slug", sa.String(length=60), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", _one_of("kind", "road_show", "master_class", "workshop", "visit"), nullable=False),
        sa.Column("approach", sa.String(length=40), nullable=True),
        sa.Column("mode", _one_of("mode", "face_to_face", "online"), nullable=False),
        sa.Column("key_stages", sa.ARRAY(sa.String(length=12)), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("academic_year", sa.String(length=7), nullable=False),
        sa.Column("venue", sa.String(length=120), nullable=True),
        sa.Column("town", sa.String(length=80), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("joining_link", sa.String(length=300), nullable=True),
        sa.Column("pupil_capacity", sa.Integer(), nullable=False),
        sa.Column("school_capacity", sa.Integer(), nullable=False),
        sa.Column("pupils_booked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("schools_booked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("status", _one_of("status", "draft", "open", "cancelled"), nullable=False),
        sa.Column(
            "cancelled_because",
            _one_of("cancelled_because", "too_few_pupils", "staff_absent", "venue_lost", "weather", "other"),
            nullable=True,
        ),
        sa.Column("pupils_attended", sa.Integer(), nullable=True),
        sa.Column("staff_attended", sa.Integer(), nullable=True),
        sa.Column("schools_attended", sa.Integer(), nullable=True),
        sa.Column("girls", sa.Integer(), nullable=True),
        sa.Column("boys", sa.Integer(), nullable=True),
        sa.Column("not_stated", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ]


def _pupil_event() -> None:
    op.create_table(
        "pupil_event",
        *_pupil_event_columns(),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_because IS NOT NULL)", name=op.f("ck_pupil_event_cancelled")
        ),
        sa.CheckConstraint("mode = 'online' OR postcode IS NOT NULL", name=op.f("ck_pupil_event_place")),
        sa.CheckConstraint(
            "(girls IS NULL AND boys IS NULL AND not_stated IS NULL) OR (girls >= 0 AND boys >= 0 AND not_stated >= 0 "
            "AND girls + boys + not_stated = pupils_attended)",
            name=op.f("ck_pupil_event_groups"),
        ),
        sa.CheckConstraint(
            "(pupils_attended IS NULL AND staff_attended IS NULL AND schools_attended IS NULL) OR "
            "(pupils_attended >= 0 AND staff_attended >= 0 AND schools_attended >= 0)",
            name=op.f("ck_pupil_event_attended"),
        ),
        sa.CheckConstraint("num_nonnulls(hub_id, partner_id) = 1", name=op.f("ck_pupil_event_organiser")),
        sa.CheckConstraint("pupils_booked BETWEEN 0 AND pupil_capacity", name=op.f("ck_pupil_event_pupils")),
        sa.CheckConstraint("schools_booked BETWEEN 0 AND school_capacity", name=op.f("ck_pupil_event_schools")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_pupil_event_times")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_pupil_event_hub_id")),
        sa.ForeignKeyConstraint(
            ["programme_slug"], ["pupil_programme.slug"], name=op.f("fk_pupil_event_programme_slug")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_event")),
    )
    op.create_index("ix_pupil_event_hub_id", "pupil_event", ["hub_id"], unique=False)
    op.create_index(
        "ix_pupil_event_programme_slug_academic_year", "pupil_event", ["programme_slug", "academic_year"], unique=False
    )
    op.create_index("ix_pupil_event_starts_at_id", "pupil_event", ["starts_at", "id"], unique=False)


def _pupil_booking() -> None:
    op.create_table(
        "pupil_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("status", "booked", "cancelled"), nullable=False),
        sa.Column("booked_by", sa.Uuid(), nullable=False),
        sa.Column("booked_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_because", _one_of("cancelled_because", "school", "event_cancelled"), nullable=True),
        sa.Column("pupils_attended", sa.Integer(), nullable=True),
        sa.Column("staff_attended", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_pupil_booking_cancelled_at")
        ),
        sa.CheckConstraint("(cancelled_at IS NULL) = (cancelled_because IS NULL)", name=op.f("ck_pupil_booking_cause")),
        sa.CheckConstraint(
            "(pupils_attended IS NULL) = (staff_attended IS NULL)", name=op.f("ck_pupil_booking_attended")
        ),
        sa.CheckConstraint("pupils > 0 AND staff > 0", name=op.f("ck_pupil_booking_numbers")),
        sa.ForeignKeyConstraint(["event_id"], ["pupil_event.id"], name=op.f("fk_pupil_booking_event_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_pupil_booking_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_booking")),
    )
    op.create_index("ix_pupil_booking_urn_id", "pupil_booking", ["urn", "id"], unique=False)
    op.create_index(
        "uq_pupil_booking_live",
        "pupil_booking",
        ["event_id", "urn"],
        unique=True,
        postgresql_where=sa.text("status = 'booked'"),
    )


def _centre() -> None:
    op.create_table(
        "centre",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("host_urn", sa.String(length=6), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("opening_hours", postgresql.JSONB(), nullable=False),
        sa.Column("accessibility", postgresql.JSONB(), nullable=False),
        sa.Column("planned_cost_pence", sa.Integer(), nullable=True),
        sa.Column("status", _one_of("status", "planned", "open", "closed"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_centre_closed_on")),
        sa.CheckConstraint("status <> 'open' OR opened_on IS NOT NULL", name=op.f("ck_centre_opened_on")),
        sa.CheckConstraint("planned_cost_pence >= 0", name=op.f("ck_centre_planned_cost_pence")),
        sa.ForeignKeyConstraint(["host_urn"], ["school.urn"], name=op.f("fk_centre_host_urn")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_centre_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("hub_id", "name", name=op.f("uq_centre_hub_id_name")),
    )
    op.create_index("ix_centre_hub_id", "centre", ["hub_id"], unique=False)


def _centre_space() -> None:
    op.create_table(
        "centre_space",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("equipment", postgresql.JSONB(), nullable=False),
        sa.Column("is_bookable", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_centre_space_capacity")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_centre_space_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_space")),
        sa.UniqueConstraint("centre_id", "name", name=op.f("uq_centre_space_centre_id_name")),
    )


def _space_booking() -> None:
    op.create_table(
        "space_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column(
            "purpose", _one_of("purpose", "pupils", "training", "meeting", "community", "setting_up"), nullable=False
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("status", _one_of("status", "booked", "cancelled"), nullable=False),
        sa.Column("booked_by", sa.Uuid(), nullable=False),
        sa.Column("booked_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column(
            "cancelled_because", _one_of("cancelled_because", "booker", "centre", "centre_closed"), nullable=True
        ),
        postgresql.ExcludeConstraint(
            (sa.column("space_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("status = 'booked'"),
            using="gist",
            name="ex_space_booking_no_overlap",
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_space_booking_cancelled_at")
        ),
        sa.CheckConstraint("(cancelled_at IS NULL) = (cancelled_because IS NULL)", name=op.f("ck_space_booking_cause")),
        sa.CheckConstraint("people > 0", name=op.f("ck_space_booking_people")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_space_booking_times")),
        sa.ForeignKeyConstraint(["space_id"], ["centre_space.id"], name=op.f("fk_space_booking_space_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_space_booking_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_booking")),
    )
    op.create_index("ix_space_booking_urn_id", "space_booking", ["urn", "id"], unique=False)


def _kit() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("owner_urn", sa.String(length=6), nullable=True),
        sa.Column(
            "kind",
            _one_of(
                "kind", "microbits", "sensors", "single_board_computers", "robots", "electronics", "laptops", "other"
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("items_count", sa.Integer(), nullable=False),
        sa.Column("value_pence", sa.Integer(), nullable=False),
        sa.Column("condition", _one_of("condition", "new", "good", "worn", "damaged"), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("longest_loan_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("items_count >= 0", name=op.f("ck_kit_items_count")),
        sa.CheckConstraint("longest_loan_days > 0", name=op.f("ck_kit_longest_loan_days")),
        sa.CheckConstraint("value_pence >= 0", name=op.f("ck_kit_value_pence")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_kit_hub_id")),
        sa.ForeignKeyConstraint(["owner_urn"], ["school.urn"], name=op.f("fk_kit_owner_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
    )
    op.create_index("ix_kit_hub_id_id", "kit", ["hub_id", "id"], unique=False)


def _loan() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_urn", sa.String(length=6), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extension_to_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            _one_of("status", "requested", "agreed", "lent", "returned", "lost", "refused", "cancelled"),
            nullable=False,
        ),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("items_lent", sa.Integer(), nullable=True),
        sa.Column("items_returned", sa.Integer(), nullable=True),
        sa.Column("condition_lent", _one_of("condition_lent", "new", "good", "worn", "damaged"), nullable=True),
        sa.Column("condition_returned", _one_of("condition_returned", "new", "good", "worn", "damaged"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("kit_id"), "="),
            (sa.text("daterange(from_on, due_on, '[]')"), "&&"),
            where=sa.text("status IN ('agreed', 'lent')"),
            using="gist",
            name="ex_loan_no_overlap",
        ),
        sa.CheckConstraint("(status = 'returned') = (returned_on IS NOT NULL)", name=op.f("ck_loan_returned_on")),
        sa.CheckConstraint(
            "status NOT IN ('lent', 'returned', 'lost') OR lent_on IS NOT NULL", name=op.f("ck_loan_lent_on")
        ),
        sa.CheckConstraint("extension_to_on > due_on", name=op.f("ck_loan_extension")),
        sa.CheckConstraint("from_on <= due_on", name=op.f("ck_loan_days")),
        sa.ForeignKeyConstraint(["borrower_urn"], ["school.urn"], name=op.f("fk_loan_borrower_urn")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_loan_kit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index("ix_loan_borrower_urn_id", "loan", ["borrower_urn", "id"], unique=False)
    op.create_index("ix_loan_kit_id_id", "loan", ["kit_id", "id"], unique=False)
    op.create_index("uq_loan_out", "loan", ["kit_id"], unique=True, postgresql_where=sa.text("status = 'lent'"))


def _loan_step() -> None:
    op.create_table(
        "loan_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_step_loan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_step")),
    )
    op.create_index("ix_loan_step_loan_id_id", "loan_step", ["loan_id", "id"], unique=False)


def _damage_report() -> None:
    op.create_table(
        "damage_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("items_damaged", sa.Integer(), nullable=False),
        sa.Column("items_missing", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome", _one_of("outcome", "repaired", "replaced", "written_off", "no_fault_found"), nullable=True
        ),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_damage_report_decided_at")),
        sa.CheckConstraint("cost_pence >= 0", name=op.f("ck_damage_report_cost_pence")),
        sa.CheckConstraint(
            "items_damaged >= 0 AND items_missing >= 0 AND items_damaged + items_missing > 0",
            name=op.f("ck_damage_report_items"),
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_damage_report_loan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_damage_report")),
    )
    op.create_index("ix_damage_report_loan_id", "damage_report", ["loan_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
