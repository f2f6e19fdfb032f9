"""Groups of projects: their schools, people, leads and activities; and counts that limits are held against.

Revision: 0320. Follows: 0310.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0320"
down_revision = "0310"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    _project_tally()
    _project_group()
    _project_lead()
    _group_activity()
    _group_lead()
    _group_participant()
    _group_school()
    _project_lead_attendance()
    _group_mark()


def _project_tally() -> None:
    op.create_table(
        "project_tally",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=98), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("groups_at_most", sa.Integer(), nullable=True),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("schools_at_most", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("participants_at_most", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "groups >= 0 AND groups <= coalesce(groups_at_most, groups)", name=op.f("ck_project_tally_groups")
        ),
        sa.CheckConstraint(
            "participants >= 0 AND participants <= coalesce(participants_at_most, participants)",
            name=op.f("ck_project_tally_participants"),
        ),
        sa.CheckConstraint(
            "schools >= 0 AND schools <= coalesce(schools_at_most, schools)", name=op.f("ck_project_tally_schools")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_tally_project_id")),
        sa.PrimaryKeyConstraint("project_id", "scope", name=op.f("pk_project_tally")),
    )


def _project_group() -> None:
    op.create_table(
        "project_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("project_version", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=20), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("strand", sa.String(length=60), nullable=True),
        sa.Column("status", _one_of("status", "forming", "running", "completed", "cancelled"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("schools_at_most", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("participants_at_most", sa.Integer(), nullable=True),
        sa.Column("participants_per_school_at_most", sa.Integer(), nullable=True),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("formed_at", UtcDateTime(), nullable=False),
        sa.Column("formed_by", sa.Uuid(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('completed', 'cancelled')) = (ended_on IS NOT NULL)", name=op.f("ck_project_group_ended")
        ),
        sa.CheckConstraint(
            "(status IN ('running', 'completed')) <= (began_on IS NOT NULL)", name=op.f("ck_project_group_began")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_group_dates")),
        sa.CheckConstraint(
            "participants >= 0 AND participants <= coalesce(participants_at_most, participants)",
            name=op.f("ck_project_group_participants"),
        ),
        sa.CheckConstraint(
            "schools >= 0 AND schools <= coalesce(schools_at_most, schools)", name=op.f("ck_project_group_schools")
        ),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_project_group_hub_id")),
        sa.ForeignKeyConstraint(["network"], ["network.slug"], name=op.f("fk_project_group_network")),
        sa.ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_group_version",
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_group_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_group")),
    )
    op.create_index("ix_project_group_hub_id_id", "project_group", ["hub_id", "id"], unique=False)
    op.create_index("ix_project_group_network_id", "project_group", ["network", "id"], unique=False)
    op.create_index("ix_project_group_project_id_hub_id", "project_group", ["project_id", "hub_id"], unique=False)


def _project_lead() -> None:
    op.create_table(
        "project_lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("project_version", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=20), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("experience", _one_of("experience", "new", "existing"), nullable=False),
        sa.Column("status", _one_of("status", "proposed", "accepted", "declined", "ended"), nullable=False),
        sa.Column("declarations", postgresql.JSONB(), nullable=False),
        sa.Column("overrides", postgresql.JSONB(), nullable=False),
        sa.Column("decision", postgresql.JSONB(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_project_lead_decided")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_project_lead_hub_id")),
        sa.ForeignKeyConstraint(["network"], ["network.slug"], name=op.f("fk_project_lead_network")),
        sa.ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_lead_version",
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_lead_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_lead")),
    )
    op.create_index("ix_project_lead_hub_id_id", "project_lead", ["hub_id", "id"], unique=False)
    op.create_index("ix_project_lead_person_id", "project_lead", ["person_id"], unique=False)
    op.create_index(
        "uq_project_lead_live",
        "project_lead",
        ["project_id", "hub_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed', 'accepted')"),
    )


def _group_activity() -> None:
    op.create_table(
        "group_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                "kind",
                "session",
                "residential",
                "visit",
                "gap_task",
                "webinar",
                "workshop",
                "meeting",
                "online",
                "conference",
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("status", _one_of("status", "planned", "held", "cancelled"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_group_activity_dates")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_group_activity_minutes")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_activity_group_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_group_activity_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_activity")),
    )
    op.create_index("ix_group_activity_group_id_starts_on", "group_activity", ["group_id", "starts_on"], unique=False)


def _group_lead() -> None:
    op.create_table(
        "group_lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("experience", _one_of("experience", "new", "existing"), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_group_lead_dates")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_lead_group_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["project_lead.id"], name=op.f("fk_group_lead_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_lead")),
    )
    op.create_index("ix_group_lead_person_id", "group_lead", ["person_id"], unique=False)
    op.create_index(
        "uq_group_lead_live",
        "group_lead",
        ["group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )


def _group_participant() -> None:
    op.create_table(
        "group_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("role", sa.String(length=60), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("outcome", _one_of("outcome", "completed", "incomplete"), nullable=True),
        sa.Column("accreditation", sa.String(length=60), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_group_participant_dates")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_participant_group_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_group_participant_project_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_group_participant_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_participant")),
    )
    op.create_index("ix_group_participant_group_id_id", "group_participant", ["group_id", "id"], unique=False)
    op.create_index("ix_group_participant_person_id", "group_participant", ["person_id"], unique=False)
    op.create_index(
        "uq_group_participant_project",
        "group_participant",
        ["project_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )


def _group_school() -> None:
    op.create_table(
        "group_school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("is_sole", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_group_school_dates")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_school_group_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_group_school_project_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_group_school_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_school")),
    )
    op.create_index("ix_group_school_urn", "group_school", ["urn"], unique=False)
    op.create_index(
        "uq_group_school_live",
        "group_school",
        ["group_id", "urn"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_index(
        "uq_group_school_project",
        "group_school",
        ["project_id", "urn"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL AND is_sole"),
    )


def _project_lead_attendance() -> None:
    op.create_table(
        "project_lead_attendance",
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(length=60), nullable=False),
        sa.Column("occasion", sa.String(length=200), nullable=False),
        sa.Column("presence", _one_of("presence", "present", "absent", "excused"), nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["project_lead.id"], name=op.f("fk_project_lead_attendance_lead_id")),
        sa.PrimaryKeyConstraint("lead_id", "activity", "occasion", name=op.f("pk_project_lead_attendance")),
    )


def _group_mark() -> None:
    op.create_table(
        "group_mark",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("mark", _one_of("mark", "present", "absent", "excused", "done", "not_done"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR (minutes > 0 AND mark = 'present')", name=op.f("ck_group_mark_minutes")),
        sa.ForeignKeyConstraint(["activity_id"], ["group_activity.id"], name=op.f("fk_group_mark_activity_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["group_participant.id"], name=op.f("fk_group_mark_participant_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "participant_id", name=op.f("pk_group_mark")),
    )
    op.create_index("ix_group_mark_participant_id", "group_mark", ["participant_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
