"""What runs cost, and which schools have priority.

Revision: prices. Follows: session_registers.

`priority_school` never had a row: which schools have priority is read from the approved lists. The release before this
one still asks it, so an empty view of that name stays until the next.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "prices"
down_revision = "session_registers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("course_run", sa.Column("charge_pence", sa.Integer(), nullable=True))
    op.add_column("course_run", sa.Column("independent_charge_pence", sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_course_run_charges"), "course_run", "charge_pence >= 0 AND independent_charge_pence >= 0"
    )
    op.drop_table("priority_school")
    op.execute(
        "CREATE VIEW priority_school AS "
        "SELECT ''::varchar AS urn, NULL::date AS from_on, NULL::date AS to_on, ''::varchar AS basis WHERE false"
    )
    schemes = op.create_table(
        "priority_scheme",
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("categories", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "from_on", name=op.f("pk_priority_scheme")),
    )
    op.bulk_insert(
        schemes,
        [
            {
                "scheme": "achieving-excellence-areas",
                "from_on": date(2018, 11, 1),
                "to_on": None,
                "categories": [5, 6],
                "source": "Lot 1 of the programme, 2018: schools in category 5 and 6 areas",
            },
            {
                "scheme": "priority-schools",
                "from_on": date(2026, 11, 22),
                "to_on": None,
                "categories": [],
                "source": "Ours: schools, trusts or authorities that the department names beside the districts",
            },
        ],
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
