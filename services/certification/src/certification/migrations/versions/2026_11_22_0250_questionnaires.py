"""Questionnaires that branch: drafts and cases of them, sittings with breaks, results by dimension.

Revision: 0250. Follows: 0240.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0250"
down_revision = "0240"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("diagnostic", sa.Column("effective_to", sa.Date(), nullable=True))
    op.add_column("diagnostic", sa.Column("counts_as", sa.String(60), nullable=True))
    op.create_check_constraint(
        op.f("ck_diagnostic_dates"), "diagnostic", "effective_to IS NULL OR effective_to > effective_from"
    )
    op.add_column("diagnostic_response", sa.Column("asked", postgresql.ARRAY(sa.Integer()), nullable=True))
    op.add_column("diagnostic_response", sa.Column("scored", JSON, nullable=True))
    _cases()
    _drafts()
    _sittings()
    chassis_schema.make_append_only(op, "diagnostic_case")


def _cases() -> None:
    op.create_table(
        "diagnostic_case",
        sa.Column("diagnostic", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic", "version"],
            ["diagnostic.slug", "diagnostic.version"],
            name=op.f("fk_diagnostic_case_diagnostic_version"),
        ),
        sa.PrimaryKeyConstraint("diagnostic", "version", "name", name=op.f("pk_diagnostic_case")),
    )


def _drafts() -> None:
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("activity", sa.String(120), nullable=False),
        sa.Column("counts_as", sa.String(60), nullable=True),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("cases", JSON, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tested_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'tested', 'approved', 'declined', 'published')",
            name=op.f("ck_questionnaire_draft_status"),
        ),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_to > effective_from", name=op.f("ck_questionnaire_draft_dates")
        ),
        sa.CheckConstraint("decided_by <> author_id", name=op.f("ck_questionnaire_draft_second_person")),
        sa.CheckConstraint(
            "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_questionnaire_draft_decision"),
        ),
        sa.CheckConstraint(
            "(status = 'published') = (published_version IS NOT NULL)",
            name=op.f("ck_questionnaire_draft_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["slug", "published_version"],
            ["diagnostic.slug", "diagnostic.version"],
            name=op.f("fk_questionnaire_draft_slug_published_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("slug", "published_version", name=op.f("uq_questionnaire_draft_slug_published_version")),
    )
    op.create_index("ix_questionnaire_draft_slug_id", "questionnaire_draft", ["slug", "id"])


def _sittings() -> None:
    op.create_table(
        "diagnostic_sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("diagnostic", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("way", JSON, nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (response_id IS NULL)", name=op.f("ck_diagnostic_sitting_finished")
        ),
        sa.ForeignKeyConstraint(
            ["diagnostic", "version"],
            ["diagnostic.slug", "diagnostic.version"],
            name=op.f("fk_diagnostic_sitting_diagnostic_version"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["diagnostic_response.id"], name=op.f("fk_diagnostic_sitting_response_id")
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_diagnostic_sitting_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostic_sitting")),
        sa.UniqueConstraint("response_id", name=op.f("uq_diagnostic_sitting_response_id")),
    )
    op.create_index(
        "uq_diagnostic_sitting_open",
        "diagnostic_sitting",
        ["teacher_id", "diagnostic"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
