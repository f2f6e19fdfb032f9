"""Bank details that wait for their second person can be sealed by another key too, in a step of its own.

Revision: 0380. Follows: 0370.
"""

from alembic import op

revision = "0380"
down_revision = "0370"
branch_labels = None
depends_on = None

# Another key seals, or somebody decides; never both at once, and never another text by the same key.
KEEP_DETAILS = """
CREATE OR REPLACE FUNCTION keep_payee_details() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['seal'];
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.key_id <> OLD.key_id THEN
        free := free || ARRAY['sealed', 'key_id'];
    ELSIF TG_OP = 'UPDATE' AND OLD.decided_at IS NULL THEN
        free := free || ARRAY['outcome', 'decided_by', 'decided_at', 'decision_reason', 'confirmation_method',
                              'confirmed_on', 'confirmation_note', 'usable_from_at'];
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
        RAISE EXCEPTION 'payee_details is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(KEEP_DETAILS)


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
