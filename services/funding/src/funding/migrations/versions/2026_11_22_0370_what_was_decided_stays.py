"""What two people decided is not decided by one in the database either, and stays as it was decided.

Revision: 0370. Follows: 0360.
"""

import sqlalchemy as sa
from alembic import op

revision = "0370"
down_revision = "0360"
branch_labels = None
depends_on = None

# A row begins undecided. Once the column named first is filled, neither it nor those named after it change; while it is
# being filled, who asked and what was asked for are what they were.
STAYS = """
CREATE FUNCTION decided_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decider text := TG_ARGV[0];
    decision text[] := string_to_array(TG_ARGV[1], ',');
    asked text[] := string_to_array(TG_ARGV[2], ',');
    after jsonb := to_jsonb(NEW);
    before jsonb;
    field text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF after ->> decider IS NOT NULL THEN
            RAISE EXCEPTION '% is not decided as it is made', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    before := to_jsonb(OLD);
    IF before ->> decider IS NOT NULL THEN
        FOREACH field IN ARRAY decision || decider || asked LOOP
            IF before -> field <> after -> field THEN
                RAISE EXCEPTION '%: % was decided, stays and does not change', TG_TABLE_NAME, field
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    ELSIF after ->> decider IS NOT NULL THEN
        FOREACH field IN ARRAY asked LOOP
            IF before -> field <> after -> field THEN
                RAISE EXCEPTION '%: % does not change as it is decided', TG_TABLE_NAME, field
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN NEW;
END $$
"""
DECIDED = {
    "claim": (
        "decided_by",
        "decided_at,reason",
        "bursary_id,claimant_id,bursary_approved_by,budget,payee_urn,amount_pence,submitted_at",
    ),
    "grant_award": (
        "decided_by",
        "decided_at,decision_reason",
        "proposed_by,proposed_at,budget,recipient_kind,recipient_id",
    ),
    "grant_snapshot": ("decided_by", "status,decided_at,decision_reason", "requested_by,calculation,amount_pence"),
    "grant_drawdown": ("decided_by", "status,decided_at,reason", "requested_by,amount_pence,evidence"),
    "grant_claim": ("decided_by", "status,decided_at,reason", "claimed_by,amount_pence"),
    "grant_return": ("received_by", "status,received_at,received_on,reference", "raised_by,amount_pence"),
    "grant_application": (
        "decided_by",
        "status,decided_at,feedback,grant_id",
        "submitted_by,moderated_by,moderated_at,moderation,percent,answers",
    ),
    "allocation": (
        "decided_by",
        "status,decided_at,decision_reason",
        "proposed_by,to_budget,from_budget,amount_pence,reason",
    ),
    "ledger_period": ("closed_by", "closed_at", "proposed_by,proposed_at,transactions,journal_sha256"),
    "fact_override": ("decided_by", "decided_at,decision_reason", "requested_by,value,reason,evidence,expires_on"),
    "policy_draft": ("decided_by", "decided_at,reason,approved_checksum", "author_id,document,cases,budget"),
    "grant_card_version": ("decided_by", "status,decided_at,reason", "proposed_by,document"),
    "statement": ("settled_by", "settled_at,settlement_reference", "closed_by,total_pence"),
}
"""Of each table: who decides, what belongs to the decision, and what is decided on."""

CLAIM_STEPS = (
    "submitted>approved,submitted>declined,approved>scheduled,scheduled>approved,scheduled>paid,paid>approved,"
    "approved>withdrawn"
)
CLAIM = """
CREATE FUNCTION claim_is_of_its_bursary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM bursary WHERE id = NEW.bursary_id AND (teacher_id, decided_by, budget, school_urn, amount_pence)
            = (NEW.claimant_id, NEW.bursary_approved_by, NEW.budget, NEW.payee_urn, NEW.amount_pence)
            AND NEW.decided_by IS DISTINCT FROM coalesce(second_approved_by, NEW.claimant_id)
    ) THEN
        RAISE EXCEPTION 'a claim is of its bursary, and decided by nobody who approved it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
# Who approved first stays, until the rule decides anew and nobody has.
BURSARY = """
CREATE FUNCTION bursary_approval_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.decided_by IS NOT NULL AND NEW.decided_by IS NOT NULL
        AND (OLD.decided_by, OLD.decided_at, OLD.decision_reason)
            IS DISTINCT FROM (NEW.decided_by, NEW.decided_at, NEW.decision_reason))
       OR (OLD.decided_by IS NULL AND NEW.second_approved_by IS NOT NULL)
       OR (OLD.second_approved_by IS NOT NULL AND NEW.second_approved_by IS NOT NULL
           AND (OLD.second_approved_by, OLD.second_approved_at)
               IS DISTINCT FROM (NEW.second_approved_by, NEW.second_approved_at))
    THEN
        RAISE EXCEPTION 'who decided on bursary % stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
# At the end of the transaction, since award and calculation are written in either order.
AWARD = """
CREATE FUNCTION award_is_as_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held grant_award;
BEGIN
    SELECT * INTO held FROM grant_award WHERE id = NEW.id;
    IF held.status IN ('proposed', 'withdrawn', 'declined') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT FROM grant_snapshot WHERE grant_id = held.id AND ordinal = held.snapshot AND status = 'approved'
            AND (amount_pence, own_pence, card, card_version)
                = (held.amount_pence, held.own_pence, held.card, held.card_version)
    ) OR NOT EXISTS (
        SELECT FROM grant_snapshot WHERE grant_id = held.id AND ordinal = 1
            AND (decided_by, requested_by) = (held.decided_by, held.proposed_by)
    ) THEN
        RAISE EXCEPTION 'award % is not what was approved', held.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
# Whoever applied, scored or has a conflict of interest neither decides the application nor approves its award.
PANEL = """
CREATE FUNCTION panel_does_not_decide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.decided_by IS NOT NULL AND EXISTS (
            SELECT FROM grant_score WHERE application_id = NEW.id AND scorer_id = NEW.decided_by))
       OR (NEW.moderated_by IS NOT NULL AND EXISTS (
            SELECT FROM grant_score WHERE application_id = NEW.id AND scorer_id = NEW.moderated_by
            AND conflict IS NOT NULL))
       OR (TG_OP = 'UPDATE' AND OLD.moderated_by IS NOT NULL
           AND (OLD.moderated_by, OLD.moderated_at, OLD.moderation, OLD.percent)
               IS DISTINCT FROM (NEW.moderated_by, NEW.moderated_at, NEW.moderation, NEW.percent))
    THEN
        RAISE EXCEPTION 'who scored does not decide, and what was moderated stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
SCORE = """
CREATE FUNCTION score_is_of_an_open_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grant_application WHERE id = NEW.application_id AND status = 'submitted'
                   AND submitted_by <> NEW.scorer_id) THEN
        RAISE EXCEPTION 'who applied does not score, and nobody does afterwards' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
AWARD_PANEL = """
CREATE FUNCTION panel_does_not_award() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by IS NOT NULL AND OLD.decided_by IS NULL AND EXISTS (
        SELECT FROM grant_application a WHERE a.grant_id = NEW.id AND (a.submitted_by = NEW.decided_by
            OR EXISTS (SELECT FROM grant_score WHERE application_id = a.id AND scorer_id = NEW.decided_by)))
    THEN
        RAISE EXCEPTION 'who applied or scored does not approve the award' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.accepted_by IS NOT NULL AND (OLD.accepted_by, OLD.accepted_name, OLD.accepted_position, OLD.accepted_at)
            IS DISTINCT FROM (NEW.accepted_by, NEW.accepted_name, NEW.accepted_position, NEW.accepted_at))
       OR (OLD.ended_by IS NOT NULL AND (OLD.ended_by, OLD.ended_at, OLD.end_reason)
            IS DISTINCT FROM (NEW.ended_by, NEW.ended_at, NEW.end_reason))
    THEN
        RAISE EXCEPTION 'who agreed to or ended award % stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
LINE = """
CREATE FUNCTION line_is_of_an_open_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grant_claim WHERE id = NEW.claim_id AND status = 'submitted') THEN
        RAISE EXCEPTION 'a claim that was decided gets no lines' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
PAYABLE = """
CREATE FUNCTION payable_is_as_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM grant_drawdown d WHERE 'grant_drawdown:' || d.id = NEW.source AND d.status = 'approved'
            AND (d.amount_pence, d.requested_by, d.decided_by)
                = (NEW.amount_pence, NEW.requested_by, NEW.approved_by)
    ) AND NOT EXISTS (
        SELECT FROM grant_claim c WHERE 'grant_claim:' || c.id = NEW.source AND c.status = 'approved'
            AND (c.amount_pence, c.claimed_by, c.decided_by) = (NEW.amount_pence, NEW.requested_by, NEW.approved_by)
    ) THEN
        RAISE EXCEPTION 'nobody approved what % is owed for', NEW.source USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
COLLECTION = """
CREATE FUNCTION collection_is_as_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payee_details WHERE id = NEW.details_id AND payee_id = NEW.payee_id
                   AND outcome = 'approved' AND NEW.payee_key = ANY (collects_for)) THEN
        RAISE EXCEPTION 'nobody approved that payee for %', NEW.payee_key USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
# How money comes back is agreed on as it was proposed, and stays so until it is proposed anew.
RECOVERY = """
CREATE FUNCTION agreement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.status IN ('agreed', 'settled') AND (OLD.method, OLD.proposed_by) IS DISTINCT FROM
            (NEW.method, NEW.proposed_by))
       OR (OLD.status = 'agreed' AND NEW.status IN ('agreed', 'settled') AND OLD.agreed_by <> NEW.agreed_by)
       OR (OLD.status <> 'proposed' AND OLD.agreed_by IS NULL AND NEW.agreed_by IS NOT NULL)
    THEN
        RAISE EXCEPTION 'what two people agreed on stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    ("claim_of_bursary", "BEFORE INSERT OR UPDATE OF decided_by ON claim", "claim_is_of_its_bursary"),
    ("bursary_approval_stays", "BEFORE UPDATE ON bursary", "bursary_approval_stays"),
    ("grant_application_panel", "BEFORE INSERT OR UPDATE ON grant_application", "panel_does_not_decide"),
    ("grant_score_open", "BEFORE INSERT ON grant_score", "score_is_of_an_open_application"),
    ("grant_award_panel", "BEFORE UPDATE ON grant_award", "panel_does_not_award"),
    ("grant_claim_line_open", "BEFORE INSERT ON grant_claim_line", "line_is_of_an_open_claim"),
    ("payee_collection_approved", "BEFORE INSERT OR UPDATE ON payee_collection", "collection_is_as_approved"),
    ("recovery_case_agreed", "BEFORE UPDATE ON recovery_case", "agreement_stays"),
)
AT_COMMIT = (
    ("grant_award_as_approved", "AFTER INSERT OR UPDATE ON grant_award", "award_is_as_approved"),
    ("payable_as_approved", "AFTER INSERT ON payable", "payable_is_as_approved"),
)
LIFE_CYCLES = {
    "claim": ("status,decided_by,decided_at,reason,payment_run_id", CLAIM_STEPS),
    "allocation": ("status,decided_by,decided_at,decision_reason", "proposed>approved,proposed>declined"),
}
KEPT = ("payee",)


def upgrade() -> None:
    _claims()
    for function in (*(STAYS, CLAIM, BURSARY, AWARD, PANEL, SCORE, AWARD_PANEL, LINE, PAYABLE, COLLECTION, RECOVERY),):
        op.execute(function)
    for table, (decider, decision, asked) in DECIDED.items():
        op.execute(
            f"CREATE TRIGGER {table}_decided BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION decided_stays('{decider}', '{decision}', '{asked}')"
        )
    for table, (columns, steps) in LIFE_CYCLES.items():
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION guard_life_cycle('{columns}', '{steps}')"
        )
    for name, when, function in TRIGGERS:
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {function}()")
    for name, when, function in AT_COMMIT:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {name} {when} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            f"EXECUTE FUNCTION {function}()"
        )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _claims() -> None:
    """A claim that was approved can be withdrawn as long as nothing was sent."""
    op.drop_constraint(op.f("ck_claim_status"), "claim", type_="check")
    op.create_check_constraint(
        op.f("ck_claim_status"),
        "claim",
        "status IN ('submitted', 'approved', 'scheduled', 'paid', 'declined', 'withdrawn')",
    )
    op.drop_index("uq_claim_live_bursary", "claim")
    op.create_index(
        "uq_claim_live_bursary",
        "claim",
        ["bursary_id"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn')"),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
