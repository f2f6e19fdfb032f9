"""Spaces of groups: topics, posts, reports of them, how far people have read, and contributions.

Revision: 0390. Follows: 0380.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0390"
down_revision = "0380"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "space_digest",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_space_digest_group_id")),
        sa.PrimaryKeyConstraint("group_id", "person_id", name=op.f("pk_space_digest")),
    )
    op.create_index("ix_space_digest_person_id", "space_digest", ["person_id"], unique=False)
    op.create_table(
        "space_topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("last_post_at", UtcDateTime(), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.Column("locked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(locked_at IS NULL) = (locked_by IS NULL)", name=op.f("ck_space_topic_locked")),
        sa.CheckConstraint("posts >= 1", name=op.f("ck_space_topic_posts")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_space_topic_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_topic")),
    )
    op.create_index(
        "ix_space_topic_group_id_last_post_at_id", "space_topic", ["group_id", "last_post_at", "id"], unique=False
    )
    op.create_index("ix_space_topic_person_id", "space_topic", ["person_id"], unique=False)
    op.create_table(
        "space_post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("part", _one_of("part", "participant", "lead", "staff"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('english'::regconfig, text)", persisted=True),
            nullable=False,
        ),
        sa.Column("status", _one_of("status", "shown", "withdrawn", "hidden"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_reason", sa.String(length=500), nullable=True),
        sa.Column("is_abusive", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("(status = 'hidden') = (hidden_at IS NOT NULL)", name=op.f("ck_space_post_hidden")),
        sa.CheckConstraint(
            "(status = 'withdrawn') <= (withdrawn_at IS NOT NULL)", name=op.f("ck_space_post_withdrawn")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_space_post_group_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["space_topic.id"], name=op.f("fk_space_post_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_post")),
        sa.UniqueConstraint("topic_id", "number", name=op.f("uq_space_post_topic_id_number")),
    )
    op.create_index("ix_space_post_group_id_id", "space_post", ["group_id", "id"], unique=False)
    op.create_index("ix_space_post_group_id_posted_at", "space_post", ["group_id", "posted_at"], unique=False)
    op.create_index("ix_space_post_person_id_posted_at", "space_post", ["person_id", "posted_at"], unique=False)
    op.create_index("ix_space_post_words", "space_post", ["words"], unique=False, postgresql_using="gin")
    op.create_table(
        "space_reading",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["space_topic.id"], name=op.f("fk_space_reading_topic_id")),
        sa.PrimaryKeyConstraint("topic_id", "person_id", name=op.f("pk_space_reading")),
    )
    op.create_index("ix_space_reading_person_id", "space_reading", ["person_id"], unique=False)
    op.create_table(
        "space_contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(length=120), nullable=False),
        sa.Column("basis", _one_of("basis", "confirmation", "posts"), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("contributed_on", sa.Date(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(basis = 'confirmation') = (accepted_by IS NOT NULL)", name=op.f("ck_space_contribution_confirmed")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_space_contribution_group_id")),
        sa.ForeignKeyConstraint(["post_id"], ["space_post.id"], name=op.f("fk_space_contribution_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_contribution")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_space_contribution_group_id_person_id")),
    )
    op.create_index("ix_space_contribution_person_id", "space_contribution", ["person_id"], unique=False)
    op.create_index("ix_space_contribution_post_id", "space_contribution", ["post_id"], unique=False)
    op.create_table(
        "space_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", _one_of("kind", "abuse", "personal_data", "off_topic", "other"), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("status", _one_of("status", "open", "upheld", "dismissed"), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f("ck_space_report_decided")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_space_report_group_id")),
        sa.ForeignKeyConstraint(["post_id"], ["space_post.id"], name=op.f("fk_space_report_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_report")),
        sa.UniqueConstraint("post_id", "person_id", name=op.f("uq_space_report_post_id_person_id")),
    )
    op.create_index("ix_space_report_group_id_id", "space_report", ["group_id", "id"], unique=False)
    op.create_index("ix_space_report_person_id", "space_report", ["person_id"], unique=False)
    op.create_table(
        "space_wording",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["space_post.id"], name=op.f("fk_space_wording_post_id")),
        sa.PrimaryKeyConstraint("post_id", "version", name=op.f("pk_space_wording")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
