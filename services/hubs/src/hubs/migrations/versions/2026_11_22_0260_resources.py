"""The resource bank and enrichment offers.

Revision: resources. Follows: partner_thresholds.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "resources"
down_revision = "partner_thresholds"
branch_labels = None
depends_on = None

KEEP_PUBLISHED = """
CREATE FUNCTION keep_published_resource_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % of resource % was published and keeps its content', OLD.number, OLD.resource_id
        USING ERRCODE = 'restrict_violation';
END $$
"""
CONTENT = (
    "title, summary, key_stages, topics, aims, type, licence, link, checksum, credit_line, published_at, submitted_by,"
    " reviewer_id"
)
REFUSE_CHANGE = """
CREATE TRIGGER resource_version_keeps_published BEFORE UPDATE OF {content} ON resource_version FOR EACH ROW
    WHEN (OLD.published_at IS NOT NULL AND ({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION keep_published_resource_version()
"""
REFUSE_REMOVAL = """
CREATE TRIGGER resource_version_stays BEFORE DELETE ON resource_version FOR EACH ROW
    WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION keep_published_resource_version()
"""


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def _words(title: str, rest: str) -> sa.Column[str]:
    expression = (
        f"setweight(to_tsvector('english'::regconfig, ({title})::text), 'A'::\"char\")"
        f" || setweight(to_tsvector('english'::regconfig, {rest}), 'B'::\"char\")"
    )
    return sa.Column("words", postgresql.TSVECTOR(), sa.Computed(expression, persisted=True), nullable=False)


def _list(name: str, length: int) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.String(length=length)), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def upgrade() -> None:
    _vocabulary()
    _resource()
    _resource_version()
    _resource_use()
    _enrichment_offer()
    _enrichment_interest()


def _vocabulary() -> None:
    op.create_table(
        "resource_topic",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_resource_topic")),
    )
    op.create_table(
        "curriculum_aim",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("key_stage", sa.String(length=12), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_curriculum_aim")),
    )


def _resource() -> None:
    op.create_table(
        "resource",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("first_published_at", UtcDateTime(), nullable=True),
        sa.Column("contributed_on", sa.Date(), nullable=True),
        *(_count(name) for name in ("correction", "used_count", "rating_count", "rating_sum")),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_as", _one_of("withdrawn_as", "author", "moderator"), nullable=True),
        sa.Column("withdrawn_for_cause", sa.Boolean(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("num_nonnulls(teacher_id, organisation_id) = 1", name=op.f("ck_resource_author")),
        sa.CheckConstraint("rating_count BETWEEN 0 AND used_count", name=op.f("ck_resource_counts")),
        sa.CheckConstraint("rating_sum BETWEEN rating_count AND 5 * rating_count", name=op.f("ck_resource_ratings")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_for_cause IS NULL)", name=op.f("ck_resource_withdrawal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_index("ix_resource_teacher_id", "resource", ["teacher_id"])
    op.create_index("ix_resource_organisation_id", "resource", ["organisation_id"])


def _resource_version() -> None:
    types = ("unit_of_work", "lesson_plan", "activity", "worksheet", "presentation", "assessment", "video")
    licences = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT")
    statuses = ("draft", "submitted", "in_review", "returned", "published", "superseded", "withdrawn")
    op.create_table(
        "resource_version",
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        _list("key_stages", 12),
        _list("topics", 40),
        _list("aims", 40),
        sa.Column("type", _one_of("type", *types, "software_project", "teacher_guide"), nullable=False),
        sa.Column("licence", _one_of("licence", *licences), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=True),
        sa.Column("credit_line", sa.String(length=120), nullable=True),
        sa.Column("status", _one_of("status", *statuses), nullable=False),
        sa.Column("edition", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        _words("title", "summary"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_resource_version_number")),
        sa.CheckConstraint("reviewer_id <> submitted_by", name=op.f("ck_resource_version_two_people")),
        sa.CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name=op.f("ck_resource_version_submitted")),
        sa.CheckConstraint(
            "cardinality(key_stages) > 0 AND cardinality(topics) > 0", name=op.f("ck_resource_version_described")
        ),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_version_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "number", name=op.f("pk_resource_version")),
    )
    is_open = sa.text("status IN ('draft', 'submitted', 'in_review', 'returned')")
    is_published, waits = sa.text("status = 'published'"), sa.text("status IN ('submitted', 'in_review')")
    table = "resource_version"
    op.create_index("uq_resource_version_open", table, ["resource_id"], unique=True, postgresql_where=is_open)
    op.create_index("uq_resource_version_published", table, ["resource_id"], unique=True, postgresql_where=is_published)
    op.create_index("ix_resource_version_queue", table, ["submitted_at", "resource_id"], postgresql_where=waits)
    op.create_index("ix_resource_version_words", table, ["words"], postgresql_using="gin")
    op.create_index("ix_resource_version_link", table, ["link"])
    old, new = (", ".join(f"{row}.{column}" for column in CONTENT.split(", ")) for row in ("OLD", "NEW"))
    op.execute(KEEP_PUBLISHED)
    op.execute(REFUSE_CHANGE.format(content=CONTENT, old=old, new=new))
    op.execute(REFUSE_REMOVAL)


def _resource_use() -> None:
    op.create_table(
        "resource_use",
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("comment_id", sa.Uuid(), nullable=True),
        sa.Column("comment_status", _one_of("comment_status", "waiting", "shown", "refused"), nullable=True),
        sa.Column("comment_decided_by", sa.Uuid(), nullable=True),
        sa.Column("comment_decided_at", UtcDateTime(), nullable=True),
        sa.Column("comment_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_resource_use_stars")),
        sa.CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name=op.f("ck_resource_use_rated")),
        sa.CheckConstraint("(comment IS NULL) = (comment_status IS NULL)", name=op.f("ck_resource_use_comment")),
        sa.CheckConstraint("(comment IS NULL) = (comment_id IS NULL)", name=op.f("ck_resource_use_comment_id")),
        sa.CheckConstraint("comment IS NULL OR stars IS NOT NULL", name=op.f("ck_resource_use_comment_rates")),
        sa.CheckConstraint("comment_decided_by <> teacher_id", name=op.f("ck_resource_use_two_people")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_use_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "teacher_id", name=op.f("pk_resource_use")),
    )
    waits = sa.text("comment_status = 'waiting'")
    op.create_index("uq_resource_use_comment_id", "resource_use", ["comment_id"], unique=True)
    op.create_index("ix_resource_use_waiting", "resource_use", ["comment_id"], postgresql_where=waits)


def _enrichment_offer() -> None:
    kinds = ("ambassador_visit", "club", "competition", "mentoring", "online_event", "site_visit", "workshop")
    statuses = ("draft", "submitted", "returned", "published", "closed")
    op.create_table(
        "enrichment_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("offered_by", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("kind", _one_of("kind", *kinds, "equipment"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        _list("key_stages", 12),
        sa.Column("academic_year", sa.String(length=7), nullable=False),
        sa.Column("term", _one_of("term", "autumn", "spring", "summer"), nullable=False),
        _list("regions", 40),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("status", _one_of("status", *statuses), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        _count("registered_count"),
        _count("waiting_count"),
        _words("title", "(((offered_by)::text || ' '::text) || summary)"),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_enrichment_offer_amount")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_enrichment_offer_capacity")),
        sa.CheckConstraint("registered_count >= 0 AND waiting_count >= 0", name=op.f("ck_enrichment_offer_counts")),
        sa.CheckConstraint(
            "capacity IS NULL OR registered_count <= capacity", name=op.f("ck_enrichment_offer_within_capacity")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_enrichment_offer_dates")),
        sa.CheckConstraint("submitted_by <> decided_by", name=op.f("ck_enrichment_offer_two_people")),
        sa.CheckConstraint(
            "(status = 'published') <= (published_at IS NOT NULL)", name=op.f("ck_enrichment_offer_published")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrichment_offer")),
    )
    table, is_published = "enrichment_offer", sa.text("status = 'published'")
    op.create_index("ix_enrichment_offer_organisation_id", table, ["organisation_id", "id"])
    op.create_index("ix_enrichment_offer_published", table, ["expires_on", "id"], postgresql_where=is_published)
    op.create_index("ix_enrichment_offer_submitted", table, ["id"], postgresql_where=sa.text("status = 'submitted'"))


def _enrichment_interest() -> None:
    roles = ("headteacher", "computing_lead", "stem_lead", "careers_lead", "school_office")
    op.create_table(
        "enrichment_interest",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("contact_role", _one_of("contact_role", *roles), nullable=False),
        sa.Column("status", _one_of("status", "registered", "waiting", "withdrawn"), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("pupils > 0 AND staff >= 0", name=op.f("ck_enrichment_interest_numbers")),
        sa.ForeignKeyConstraint(["offer_id"], ["enrichment_offer.id"], name=op.f("fk_enrichment_interest_offer_id")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_enrichment_interest_school_urn")),
        sa.PrimaryKeyConstraint("offer_id", "school_urn", name=op.f("pk_enrichment_interest")),
    )
    waits = sa.text("status = 'waiting'")
    table = "enrichment_interest"
    op.create_index("ix_enrichment_interest_waiting", table, ["offer_id", "since_at"], postgresql_where=waits)
    op.create_index("ix_enrichment_interest_school_urn", table, ["school_urn"])


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
