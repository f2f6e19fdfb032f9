"""What the national register says of schools, imports of it, and the full postcode directory.

Revision: school_imports. Follows: area_lists.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "school_imports"
down_revision = "area_lists"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    _schools()
    _trusts_and_links()
    _imports()
    _staging()
    _postcodes()


def _schools() -> None:
    op.add_column("school", sa.Column("status", sa.String(length=30), nullable=True))
    op.add_column("school", sa.Column("ukprn", sa.String(length=8), nullable=True))
    op.add_column("school", sa.Column("la_code", sa.String(length=3), nullable=True))
    op.add_column("school", sa.Column("establishment_number", sa.String(length=4), nullable=True))
    op.add_column("school", sa.Column("region", sa.String(length=40), nullable=True))
    op.add_column("school", sa.Column("town", sa.String(length=100), nullable=True))
    op.add_column("school", sa.Column("postcode", sa.String(length=8), nullable=True))
    op.add_column("school", sa.Column("lsoa_code", sa.String(length=9), nullable=True))
    op.add_column("school", sa.Column("key_stages", sa.ARRAY(sa.String(length=12)), nullable=True))
    op.add_column("school", sa.Column("pupils", sa.Integer(), nullable=True))
    op.add_column("school", sa.Column("free_school_meals_percent", sa.Numeric(precision=6, scale=2), nullable=True))
    op.add_column("school", sa.Column("is_section_41_approved", sa.Boolean(), nullable=True))
    op.add_column("school", sa.Column("trust_code", sa.String(length=10), nullable=True))
    op.add_column("school", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("school", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("school", sa.Column("row_hash", sa.LargeBinary(), nullable=True))
    op.add_column("school", sa.Column("missing_since_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_school_status"), "school", "status IN ('open', 'closed', 'open_but_closing', 'proposed')"
    )
    op.create_index("ix_school_trust_code_urn", "school", ["trust_code", "urn"], unique=False)


def _trusts_and_links() -> None:
    op.create_table(
        "trust",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_trust")),
    )
    op.create_table(
        "school_link",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("linked_urn", sa.String(length=6), nullable=False),
        sa.Column("link_type", sa.String(length=80), nullable=False),
        sa.Column("kind", _one_of("kind", "predecessor", "successor", "other"), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_school_link_urn")),
        sa.PrimaryKeyConstraint("urn", "linked_urn", "link_type", name=op.f("pk_school_link")),
    )
    op.create_table(
        "trust_membership",
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column("trust_code", sa.String(length=10), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_trust_membership_school_urn")),
        sa.ForeignKeyConstraint(["trust_code"], ["trust.code"], name=op.f("fk_trust_membership_trust_code")),
        sa.PrimaryKeyConstraint("school_urn", "trust_code", "since_on", name=op.f("pk_trust_membership")),
    )
    op.create_index("ix_school_link_linked_urn", "school_link", ["linked_urn"], unique=False)
    op.create_index("ix_trust_membership_trust_code", "trust_membership", ["trust_code"], unique=False)
    op.create_index(
        "uq_trust_membership_school_urn",
        "trust_membership",
        ["school_urn"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )


def _imports() -> None:
    op.create_table(
        "school_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("status", _one_of("status", "running", "finished", "failed"), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("rows_noted", sa.Integer(), nullable=False),
        sa.Column("schools_added", sa.Integer(), nullable=False),
        sa.Column("schools_changed", sa.Integer(), nullable=False),
        sa.Column("schools_unchanged", sa.Integer(), nullable=False),
        sa.Column("schools_missing", sa.Integer(), nullable=False),
        sa.Column("events_published", sa.Integer(), nullable=False),
        sa.Column("links_read", sa.Integer(), nullable=False),
        sa.Column("links_refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_import")),
    )
    op.create_table(
        "school_import_remark",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("severity", _one_of("severity", "refused", "noted"), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["school_import.id"], name=op.f("fk_school_import_remark_import_id")),
        sa.PrimaryKeyConstraint("import_id", "file_name", "line", "severity", name=op.f("pk_school_import_remark")),
    )


def _staging() -> None:
    op.create_table(
        "school_link_staging",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("linked_urn", sa.String(length=6), nullable=False),
        sa.Column("link_type", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("urn", "linked_urn", "link_type", name=op.f("pk_school_link_staging")),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "school_staging",
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phase", sa.String(length=30), nullable=False),
        sa.Column("establishment_type", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=20), nullable=False),
        sa.Column("is_state_funded", sa.Boolean(), nullable=True),
        sa.Column("sector", sa.String(length=6), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("district_code", sa.String(length=9), nullable=True),
        sa.Column("district_vintage", sa.String(length=4), nullable=True),
        sa.Column("lowest_age", sa.Integer(), nullable=True),
        sa.Column("highest_age", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=True),
        sa.Column("ukprn", sa.String(length=8), nullable=True),
        sa.Column("la_code", sa.String(length=3), nullable=True),
        sa.Column("establishment_number", sa.String(length=4), nullable=True),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("town", sa.String(length=100), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("lsoa_code", sa.String(length=9), nullable=True),
        sa.Column("key_stages", sa.ARRAY(sa.String(length=12)), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("free_school_meals_percent", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("is_section_41_approved", sa.Boolean(), nullable=True),
        sa.Column("trust_code", sa.String(length=10), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("row_hash", sa.LargeBinary(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("trust_name", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school_staging")),
        prefixes=["UNLOGGED"],
    )


def _postcodes() -> None:
    op.create_table(
        "postcode_directory",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("vintage", sa.String(length=40), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("attribution", sa.String(length=400), nullable=False),
        sa.Column("postcodes", sa.Integer(), nullable=False),
        sa.Column("in_england", sa.Integer(), nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_postcode_directory_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postcode_directory")),
    )
    op.create_table(
        "postcode_point",
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("postcode", sa.String(length=7), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=True),
        sa.Column("nation", sa.String(length=1), nullable=False),
        sa.PrimaryKeyConstraint("postcode", name=op.f("pk_postcode_point")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
