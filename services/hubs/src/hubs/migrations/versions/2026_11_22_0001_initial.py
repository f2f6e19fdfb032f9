"""Areas, schools, hubs, courses, bookings, registers and completions.

Revision: 0001. Follows: nothing.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v1(op)
    _areas_and_schools()
    _directory()
    _courses()
    _bookings()
    _completions()


def _areas_and_schools() -> None:
    op.create_table(
        "district",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("vintage", sa.String(length=4), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_district")),
    )
    op.create_table(
        "district_successor",
        sa.Column("old_code", sa.String(length=9), nullable=False),
        sa.Column("new_code", sa.String(length=9), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["new_code"], ["district.code"], name=op.f("fk_district_successor_new_code")),
        sa.ForeignKeyConstraint(["old_code"], ["district.code"], name=op.f("fk_district_successor_old_code")),
        sa.PrimaryKeyConstraint("old_code", "new_code", name=op.f("pk_district_successor")),
    )
    op.create_table(
        "postcode_sector",
        sa.Column("sector", sa.String(length=6), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column("district_share", sa.Numeric(precision=4, scale=3, asdecimal=False), nullable=False),
        sa.CheckConstraint("district_share BETWEEN 0 AND 1", name=op.f("ck_postcode_sector_share")),
        sa.PrimaryKeyConstraint("sector", name=op.f("pk_postcode_sector")),
    )
    op.create_table(
        "outcode",
        sa.Column("outcode", sa.String(length=4), nullable=False),
        sa.Column("country", sa.String(length=20), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column("district_share", sa.Numeric(precision=4, scale=3, asdecimal=False), nullable=False),
        sa.PrimaryKeyConstraint("outcode", name=op.f("pk_outcode")),
    )
    op.create_table(
        "school",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "nursery",
                "primary",
                "secondary",
                "all_through",
                "post_16",
                "not_applicable",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("establishment_type", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=20), nullable=False),
        sa.Column("is_state_funded", sa.Boolean(), nullable=True),
        sa.Column("sector", sa.String(length=6), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("district_code", sa.String(length=9), nullable=True),
        sa.Column("district_vintage", sa.String(length=4), nullable=True),
        sa.Column("offers_gcse_computer_science", sa.Boolean(), nullable=True),
        sa.Column("lowest_age", sa.Integer(), nullable=True),
        sa.Column("highest_age", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.CheckConstraint("lowest_age <= highest_age", name=op.f("ck_school_ages")),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )
    op.create_index("ix_school_district_code_urn", "school", ["district_code", "urn"], unique=False)


def _directory() -> None:
    op.create_table(
        "hub",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("computing_hub", "satellite", name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("lead_school", sa.String(length=120), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub")),
        sa.UniqueConstraint("slug", name=op.f("uq_hub_slug")),
    )
    op.create_table(
        "hub_coverage",
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "county_named_by_hub",
                "district_named_by_hub",
                "nearest_lead_school",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["district_code"], ["district.code"], name=op.f("fk_hub_coverage_district_code")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_coverage_hub_id")),
        sa.PrimaryKeyConstraint("district_code", name=op.f("pk_hub_coverage")),
    )
    op.create_index("ix_hub_coverage_hub_id", "hub_coverage", ["hub_id"], unique=False)
    op.create_table(
        "hub_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_member_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_member")),
        sa.UniqueConstraint("hub_id", "teacher_id", name=op.f("uq_hub_member_hub_id_teacher_id")),
    )
    op.create_table(
        "teacher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "primary", "secondary", "post_16", name="phase", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher")),
    )


def _courses() -> None:
    op.create_table(
        "course",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "programme",
            sa.Enum(
                "core", "gcse_subject_knowledge", name="programme", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("phases", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("key_stages", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("subjects", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "face_to_face",
                "live_remote",
                "online",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("days", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_course_days")),
        sa.CheckConstraint("hours > 0", name=op.f("ck_course_hours")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_course")),
    )
    op.create_table(
        "course_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_code", sa.String(length=20), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("instance_code", sa.String(length=10), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", name="status", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("venue", sa.String(length=120), nullable=True),
        sa.Column("town", sa.String(length=80), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("places_taken", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("status <> 'open' OR hub_id IS NOT NULL", name=op.f("ck_course_run_open_has_hub")),
        sa.CheckConstraint("places_taken BETWEEN 0 AND capacity", name=op.f("ck_course_run_places")),
        sa.CheckConstraint("starts_at <= ends_at", name=op.f("ck_course_run_dates")),
        sa.ForeignKeyConstraint(["course_code"], ["course.code"], name=op.f("fk_course_run_course_code")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_course_run_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_run")),
    )
    op.create_index("ix_course_run_course_code", "course_run", ["course_code"], unique=False)
    op.create_index("ix_course_run_hub_id", "course_run", ["hub_id"], unique=False)
    op.create_index("ix_course_run_starts_on_id", "course_run", ["starts_on", "id"], unique=False)
    op.create_table(
        "calendar_shift",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("loaded_on", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_calendar_shift_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_shift")),
    )


def _bookings() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "primary", "secondary", "post_16", name="phase", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("placed", "cancelled", name="status", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_booking_cancelled_at")),
        sa.ForeignKeyConstraint(["course_run_id"], ["course_run.id"], name=op.f("fk_booking_course_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    op.create_index("ix_booking_teacher_id_id", "booking", ["teacher_id", "id"], unique=False)
    op.create_index(
        "uq_booking_live",
        "booking",
        ["course_run_id", "teacher_id"],
        unique=True,
        postgresql_where=sa.text("status = 'placed'"),
    )
    op.create_table(
        "register_entry",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("attended", "absent", name="outcome", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'attended') = (hours IS NOT NULL)", name=op.f("ck_register_entry_hours_if_attended")
        ),
        sa.CheckConstraint("hours > 0", name=op.f("ck_register_entry_hours")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_register_entry_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_register_entry")),
    )


def _completions() -> None:
    op.create_table(
        "activity",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "face_to_face",
                "live_remote",
                "online",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_activity")),
    )
    op.create_table(
        "partner_learner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("external_learner_id", sa.String(length=100), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_teacher_id", sa.Uuid(), nullable=True),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=True),
        sa.Column("linked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(teacher_id IS NULL) = (linked_at IS NULL)", name=op.f("ck_partner_learner_linked_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_learner")),
        sa.UniqueConstraint(
            "organisation_id",
            "external_learner_id",
            name=op.f("uq_partner_learner_organisation_id_external_learner_id"),
        ),
    )
    op.create_index(
        "ix_partner_learner_claimed_teacher_id",
        "partner_learner",
        ["claimed_teacher_id"],
        unique=False,
        postgresql_where=sa.text("teacher_id IS NULL AND claimed_teacher_id IS NOT NULL"),
    )
    op.create_index(
        "ix_partner_learner_waiting",
        "partner_learner",
        ["id"],
        unique=False,
        postgresql_where=sa.text("teacher_id IS NULL"),
    )
    op.create_table(
        "completion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("activity_code", sa.String(length=20), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "face_to_face",
                "live_remote",
                "online",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("course_run_id", sa.Uuid(), nullable=True),
        sa.Column("reported_by_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(course_run_id IS NULL) <> (reported_by_organisation_id IS NULL)", name=op.f("ck_completion_one_source")
        ),
        sa.CheckConstraint("hours > 0", name=op.f("ck_completion_hours")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_completion_booking_id")),
        sa.ForeignKeyConstraint(["course_run_id"], ["course_run.id"], name=op.f("fk_completion_course_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
    )
    op.create_index(
        "uq_completion_attended",
        "completion",
        ["teacher_id", "course_run_id"],
        unique=True,
        postgresql_where=sa.text("course_run_id IS NOT NULL"),
    )
    op.create_index(
        "uq_completion_reported",
        "completion",
        ["teacher_id", "activity_code", "reported_by_organisation_id"],
        unique=True,
        postgresql_where=sa.text("reported_by_organisation_id IS NOT NULL"),
    )
    op.create_table(
        "completion_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("activity_code", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued", "recorded", "duplicate", name="state", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("completion_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'queued') = (completion_id IS NULL)", name=op.f("ck_completion_report_completion_id")
        ),
        sa.CheckConstraint("hours > 0", name=op.f("ck_completion_report_hours")),
        sa.ForeignKeyConstraint(["activity_code"], ["activity.code"], name=op.f("fk_completion_report_activity_code")),
        sa.ForeignKeyConstraint(["completion_id"], ["completion.id"], name=op.f("fk_completion_report_completion_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["partner_learner.id"], name=op.f("fk_completion_report_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_report")),
        sa.UniqueConstraint(
            "organisation_id", "external_id", name=op.f("uq_completion_report_organisation_id_external_id")
        ),
    )
    op.create_index(
        "ix_completion_report_waiting",
        "completion_report",
        ["learner_id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    # A completion is kept for ever: a correction is another row, never a change.
    chassis_schema.make_append_only(op, "completion")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
