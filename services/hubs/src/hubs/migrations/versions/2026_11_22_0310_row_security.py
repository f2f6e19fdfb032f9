"""Row security of what partners own.

Revision: 0310. Follows: 0300.
"""

from alembic import op

revision = "0310"
down_revision = "0300"
branch_labels = None
depends_on = None

POLICIES = {
    "partner_learner": "is_shown_to_tenant(organisation_id)",
    "completion_report": "is_shown_to_tenant(organisation_id)",
    "completion": "is_shown_to_tenant(reported_by_organisation_id)",
    "resource": "first_published_at IS NOT NULL OR is_shown_to_tenant(organisation_id)",
    "enrichment_offer": "published_at IS NOT NULL OR is_shown_to_tenant(organisation_id)",
    # The rows to which these belong have an owner; a subquery is asked only where there is a limit.
    "match_decision": (
        "is_open_to_all_tenants() OR EXISTS (SELECT FROM partner_learner AS its WHERE its.id = learner_id)"
    ),
    "enrichment_interest": (
        "is_open_to_all_tenants() OR EXISTS (SELECT FROM enrichment_offer AS its"
        " WHERE its.id = offer_id AND is_shown_to_tenant(its.organisation_id))"
    ),
}


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION is_open_to_all_tenants() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT coalesce(current_setting('ncce.organisations', true), '') = ''
        $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION is_shown_to_tenant(organisation_id uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT organisation_id IS NULL
                OR coalesce(current_setting('ncce.organisations', true), '') = ''
                OR organisation_id::text = ANY (string_to_array(current_setting('ncce.organisations', true), ','))
        $$
        """
    )
    for table, condition in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # The service owns its tables, and owners are let through unless this is said.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({condition})")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
