"""Rules about who decided: never one person twice."""

from funding.verification.findings import Check

PEOPLE = (
    Check(
        "different-people-decide",
        """
        SELECT 'bursary:' || id AS subject, 'Its teacher approved it.' AS detail
        FROM bursary WHERE teacher_id IN (decided_by, second_approved_by)
        UNION ALL
        SELECT 'bursary:' || id, 'One person approved it twice.'
        FROM bursary WHERE decided_by = second_approved_by
        UNION ALL
        SELECT 'claim:' || id, 'Whoever decided it had made it or approved its bursary.'
        FROM claim WHERE decided_by IN (claimant_id, bursary_approved_by)
        UNION ALL
        SELECT 'payment:' || award_id, 'Whoever released it had a part in what it pays.'
        FROM payment WHERE released_by IN (claimant_id, bursary_approved_by, claim_approved_by)
           OR released_by = ANY (people)
        UNION ALL
        SELECT 'payment_run:' || id, 'Its steps were not taken by different people.'
        FROM payment_run WHERE prepared_by IN (checked_by, approved_by)
           OR (needs_fourth_person AND checked_by = approved_by)
           OR (controls > 1 AND released_by IN (prepared_by, checked_by, approved_by))
        UNION ALL
        SELECT 'payee_details:' || id, 'Whoever decided it had proposed it.'
        FROM payee_details WHERE decided_by = proposed_by
        UNION ALL
        SELECT 'allocation:' || id, 'Whoever decided it had proposed it.'
        FROM allocation WHERE decided_by = proposed_by
        """,
    ),
)
