"""The pathway to chartered status: applications, consents, what is sent and decided; endorsements.

Revision: 0270. Follows: 0260.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0270"
down_revision = "0260"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _chartered_pathway()
    _chartered_application()
    _chartered_statement()
    _chartered_consent()
    _chartered_submission()
    _chartered_decision()
    _endorsement_request()
    _endorsement()
    for table in ("chartered_pathway", "chartered_decision"):
        chassis_schema.make_append_only(op, table)


def _chartered_pathway() -> None:
    op.create_table(
        "chartered_pathway",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.PrimaryKeyConstraint("slug", "version", name=op.f("pk_chartered_pathway")),
    )


def _chartered_application() -> None:
    op.create_table(
        "chartered_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("pathway", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pathway", "version"],
            ["chartered_pathway.slug", "chartered_pathway.version"],
            name=op.f("fk_chartered_application_pathway_version"),
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_chartered_application_teacher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chartered_application")),
    )
    op.create_index(
        "ix_chartered_application_teacher_id_id", "chartered_application", ["teacher_id", "id"], unique=False
    )


def _chartered_statement() -> None:
    op.create_table(
        "chartered_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["chartered_application.id"], name=op.f("fk_chartered_statement_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chartered_statement")),
    )
    op.create_index(
        "ix_chartered_statement_application_id_id", "chartered_statement", ["application_id", "id"], unique=False
    )


def _chartered_consent() -> None:
    op.create_table(
        "chartered_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["chartered_application.id"], name=op.f("fk_chartered_consent_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chartered_consent")),
    )
    op.create_index(
        "uq_chartered_consent_standing",
        "chartered_consent",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL AND used_at IS NULL"),
    )


def _chartered_submission() -> None:
    op.create_table(
        "chartered_submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("bundle", sa.Text(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=100), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["chartered_application.id"], name=op.f("fk_chartered_submission_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["chartered_consent.id"], name=op.f("fk_chartered_submission_consent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chartered_submission")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_chartered_submission_consent_id")),
    )
    op.create_index(
        op.f("ix_chartered_submission_application_id"), "chartered_submission", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_chartered_submission_organisation_id"), "chartered_submission", ["organisation_id"], unique=False
    )


def _chartered_decision() -> None:
    op.create_table(
        "chartered_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("status_from_on", sa.Date(), nullable=True),
        sa.Column("renew_by_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'granted') = (status_from_on IS NOT NULL AND renew_by_on IS NOT NULL)",
            name=op.f("ck_chartered_decision_status_days"),
        ),
        sa.CheckConstraint(
            "outcome IN ('granted', 'refused', 'more_evidence')", name=op.f("ck_chartered_decision_outcome")
        ),
        sa.CheckConstraint("renew_by_on > status_from_on", name=op.f("ck_chartered_decision_renewal")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["chartered_submission.id"], name=op.f("fk_chartered_decision_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chartered_decision")),
        sa.UniqueConstraint("submission_id", "revision", name=op.f("uq_chartered_decision_submission_id_revision")),
    )


def _endorsement_request() -> None:
    op.create_table(
        "endorsement_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("activity", sa.String(length=120), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(application_id, certificate_id, activity) = 1", name=op.f("ck_endorsement_request_subject")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["chartered_application.id"], name=op.f("fk_endorsement_request_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_endorsement_request_certificate_id")
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_endorsement_request_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement_request")),
    )
    op.create_index(
        "ix_endorsement_request_organisation_id_id", "endorsement_request", ["organisation_id", "id"], unique=False
    )
    op.create_index("ix_endorsement_request_teacher_id_id", "endorsement_request", ["teacher_id", "id"], unique=False)


def _endorsement() -> None:
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("scheme", sa.String(length=60), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(request_id IS NULL) = (teacher_id IS NULL)", name=op.f("ck_endorsement_teacher")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)", name=op.f("ck_endorsement_withdrawal")
        ),
        sa.CheckConstraint("num_nonnulls(request_id, scheme) = 1", name=op.f("ck_endorsement_subject")),
        sa.ForeignKeyConstraint(["request_id"], ["endorsement_request.id"], name=op.f("fk_endorsement_request_id")),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_endorsement_scheme")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_endorsement_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint("request_id", name=op.f("uq_endorsement_request_id")),
    )
    op.create_index("ix_endorsement_teacher_id", "endorsement", ["teacher_id"], unique=False)
    op.create_index(
        "uq_endorsement_scheme_standing",
        "endorsement",
        ["organisation_id", "scheme"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL AND scheme IS NOT NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
