"""Coverage, targets and meetings of hubs; history of schools.

Revision: directory_history. Follows: run_search.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "directory_history"
down_revision = "run_search"
branch_labels = None
depends_on = None

MEASURES = ("teachers", "schools", "course_runs", "places", "cpd_hours", "new_members", "member_schools", "meetings")
IMPORT_STATUSES = ("running", "held", "approved", "refused", "superseded", "finished", "failed")
LIST_YEAR = "2023-01-01"
"""Coverage without dates was inferred from the hubs' list of that year."""


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    _coverage()
    _schools_and_links()
    _targets()
    _meetings()
    _imports()
    _establishment_types()
    _successions()
    _history()


def _coverage() -> None:
    op.create_table(
        "hub_coverage_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column(
            "basis",
            _one_of("basis", "county_named_by_hub", "district_named_by_hub", "nearest_lead_school", "decided"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_hub_coverage_period_validity")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("fk_hub_coverage_period_district_code")
        ),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_coverage_period_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_coverage_period")),
        sa.UniqueConstraint(
            "district_code", "valid_from", name=op.f("uq_hub_coverage_period_district_code_valid_from")
        ),
    )
    op.create_index("ix_hub_coverage_period_hub_id", "hub_coverage_period", ["hub_id"], unique=False)
    op.create_index(
        "uq_hub_coverage_period_endless",
        "hub_coverage_period",
        ["district_code"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.execute(
        "INSERT INTO hub_coverage_period (id, hub_id, district_code, basis, valid_from, recorded_at)"  # noqa: S608  a date of ours
        f" SELECT gen_random_uuid(), hub_id, district_code, basis, DATE '{LIST_YEAR}', now() FROM hub_coverage"
    )


def _schools_and_links() -> None:
    op.create_table(
        "hub_school_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_hub_school_period_dates")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_school_period_hub_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_hub_school_period_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_school_period")),
        sa.UniqueConstraint("hub_id", "urn", "joined_on", name=op.f("uq_hub_school_period_hub_id_urn_joined_on")),
    )
    op.create_index("ix_hub_school_period_urn", "hub_school_period", ["urn"], unique=False)
    op.execute(
        "INSERT INTO hub_school_period (id, hub_id, urn, joined_on, left_on)"
        " SELECT gen_random_uuid(), hub_id, urn, joined_on, left_on FROM hub_school"
    )
    op.add_column("hub_link", sa.Column("id", sa.Uuid(), server_default=sa.func.gen_random_uuid(), nullable=False))
    op.add_column("hub_link", sa.Column("until_on", sa.Date(), nullable=True))
    op.create_unique_constraint(op.f("uq_hub_link_id"), "hub_link", ["id"])


def _targets() -> None:
    op.create_table(
        "hub_target",
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("academic_year", sa.String(length=7), nullable=False),
        *(sa.Column(measure, sa.Integer(), nullable=True) for measure in MEASURES),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        *(sa.CheckConstraint(f"{measure} >= 0", name=op.f(f"ck_hub_target_{measure}")) for measure in MEASURES),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_target_hub_id")),
        sa.PrimaryKeyConstraint("hub_id", "academic_year", name=op.f("pk_hub_target")),
    )


def _meetings() -> None:
    op.create_table(
        "hub_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=True),
        sa.Column("until_time", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("minutes_link", sa.String(length=300), nullable=True),
        sa.Column("status", _one_of("status", "planned", "held", "cancelled"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until_time > from_time", name=op.f("ck_hub_meeting_times")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_meeting_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_meeting")),
    )
    op.create_index("ix_hub_meeting_hub_id_meets_on", "hub_meeting", ["hub_id", "meets_on"], unique=False)
    op.create_table(
        "hub_meeting_school",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["hub_meeting.id"], name=op.f("fk_hub_meeting_school_meeting_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_hub_meeting_school_urn")),
        sa.PrimaryKeyConstraint("meeting_id", "urn", name=op.f("pk_hub_meeting_school")),
    )


def _imports() -> None:
    op.drop_constraint(op.f("status"), "school_import")
    allowed = ", ".join(f"'{status}'" for status in IMPORT_STATUSES)
    op.create_check_constraint(op.f("status"), "school_import", f"status IN ({allowed})")
    op.add_column("school_import", sa.Column("changes", postgresql.JSONB(), nullable=True))
    op.add_column("school_import", sa.Column("examples", postgresql.JSONB(), nullable=True))
    op.add_column("school_import", sa.Column("held_because", sa.Text(), nullable=True))
    op.add_column("school_import", sa.Column("imported_by_id", sa.Uuid(), nullable=True))
    op.add_column("school_import", sa.Column("links_file_name", sa.String(length=255), nullable=True))
    op.add_column("school_import", sa.Column("decided_by", sa.Uuid(), nullable=True))
    op.add_column("school_import", sa.Column("decided_at", UtcDateTime(), nullable=True))
    op.add_column("school_import", sa.Column("reason", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_school_import_two_people"), "school_import", "imported_by_id <> decided_by")


def _establishment_types() -> None:
    op.create_table(
        "state_funded_verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state_funded", _one_of("state_funded", "yes", "no", "unknown"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", _one_of("status", "proposed", "approved", "refused"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("proposed_by <> decided_by", name=op.f("ck_state_funded_verdict_two_people")),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_state_funded_verdict_decided")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_funded_verdict")),
    )
    op.create_index(
        "ix_state_funded_verdict_code_valid_from", "state_funded_verdict", ["code", "valid_from"], unique=False
    )


def _successions() -> None:
    op.create_table(
        "school_succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("kind", _one_of("kind", "split", "merger"), nullable=False),
        sa.Column("candidates", sa.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("status", _one_of("status", "open", "decided", "settled"), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("chosen", sa.ARRAY(sa.String(length=6)), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_school_succession_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_succession")),
        sa.UniqueConstraint("urn", "kind", name=op.f("uq_school_succession_urn_kind")),
    )
    op.create_index("ix_school_succession_status_id", "school_succession", ["status", "id"], unique=False)


def _history() -> None:
    op.create_table(
        "school_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("cause", _one_of("cause", "import", "seed", "verdict", "before_history"), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_school_version_urn")),
        sa.ForeignKeyConstraint(["import_id"], ["school_import.id"], name=op.f("fk_school_version_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_version")),
    )
    op.create_index("ix_school_version_urn_as_of_on_id", "school_version", ["urn", "as_of_on", "id"], unique=False)
    op.execute(
        "INSERT INTO school_version (urn, as_of_on, recorded_at, cause, facts) SELECT urn, as_of_on, now(),"
        " 'before_history', to_jsonb(school) - 'row_hash' - 'offers_gcse_computer_science' - 'as_of_on' FROM school"
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
