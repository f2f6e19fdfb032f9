"""Mail that other services ask for: invitations, links to stop it, what nobody wants, and what waits for an account.

Revision: 0200. Follows: 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0200"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("calendar_parts", postgresql.JSONB(), nullable=True),
        sa.Column("unsubscribe_url", sa.String(length=400), nullable=True),
        sa.Column("unsubscribe_hash", sa.LargeBinary(), nullable=True),
    ):
        op.add_column("mail", column)
    op.create_index(
        "uq_mail_unsubscribe_hash",
        "mail",
        ["unsubscribe_hash"],
        unique=True,
        postgresql_where=sa.text("unsubscribe_hash IS NOT NULL"),
    )
    op.create_table(
        "waiting_message",
        sa.Column("occasion", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("request", postgresql.JSONB(), nullable=False),
        sa.Column("drop_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("occasion", name=op.f("pk_waiting_message")),
    )
    op.create_index("ix_waiting_message_person_id", "waiting_message", ["person_id"])
    op.create_index("ix_waiting_message_drop_at", "waiting_message", ["drop_at"])
    op.create_table(
        "unwanted_mail",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unwanted_mail_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_unwanted_mail")),
    )


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
