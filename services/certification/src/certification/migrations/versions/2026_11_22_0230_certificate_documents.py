"""Documents, badges, status lists and the issuance log of certificates.

Revision: 0230. Follows: 0210.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0230"
down_revision = "0210"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "certificate_registration",
    "certificate_document",
    "issuance_entry",
    "issuance_node",
    "issuance_head",
)


def upgrade() -> None:
    _reissues()
    _registration()
    _holder()
    _revocation()
    _document()
    _log()
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _of_certificate(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f(f"fk_{table}_certificate_id"))


def _reissues() -> None:
    op.add_column("certificate", sa.Column("reissue_of", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_certificate_reissue_of"), "certificate", "certificate", ["reissue_of"], ["id"])
    op.create_unique_constraint(op.f("uq_certificate_reissue_of"), "certificate", ["reissue_of"])
    op.drop_constraint(op.f("uq_certificate_teacher_id_scheme"), "certificate")
    op.create_index(
        "uq_certificate_teacher_id_scheme",
        "certificate",
        ["teacher_id", "scheme"],
        unique=True,
        postgresql_where=sa.text("reissue_of IS NULL"),
    )


def _registration() -> None:
    op.create_table(
        "certificate_registration",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("scheme", sa.String(60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("status_list", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        _of_certificate("certificate_registration"),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_registration")),
        sa.UniqueConstraint("ordinal", name=op.f("uq_certificate_registration_ordinal")),
        sa.UniqueConstraint("scheme", "year", "serial", name=op.f("uq_certificate_registration_scheme_year_serial")),
        sa.UniqueConstraint(
            "status_list", "status_index", name=op.f("uq_certificate_registration_status_list_status_index")
        ),
    )


def _holder() -> None:
    op.create_table(
        "certificate_holder",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("shares_document", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("key_id", sa.String(100), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        _of_certificate("certificate_holder"),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_holder")),
    )


def _revocation() -> None:
    op.create_table(
        "certificate_revocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_certificate_revocation_two_persons")),
        sa.CheckConstraint(
            "num_nonnulls(outcome, decided_by, decided_at) IN (0, 3)",
            name=op.f("ck_certificate_revocation_decided_whole"),
        ),
        _of_certificate("certificate_revocation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_revocation")),
    )
    op.create_index(
        "uq_certificate_revocation_open",
        "certificate_revocation",
        ["certificate_id"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL OR outcome = 'approved'"),
    )


def _document() -> None:
    op.create_table(
        "certificate_document",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        _of_certificate("certificate_document"),
        sa.PrimaryKeyConstraint("certificate_id", "sha256", name=op.f("pk_certificate_document")),
    )


def _log() -> None:
    op.create_table(
        "issuance_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _of_certificate("issuance_entry"),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_issuance_entry")),
    )
    op.create_index(op.f("ix_issuance_entry_certificate_id"), "issuance_entry", ["certificate_id"])
    op.create_table(
        "issuance_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("node_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("level", "node_index", name=op.f("pk_issuance_node")),
    )
    op.create_table(
        "issuance_head",
        sa.Column("tree_size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("key_id", sa.String(100), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name=op.f("pk_issuance_head")),
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
