"""Rules between decisions and what they decided."""

from funding.verification.findings import Check

DECISIONS = (
    Check(
        "decisions-are-complete",
        """
        SELECT 'bursary:' || b.id AS subject, 'It counts ' || b.decisions || ' decisions, and there are '
               || count(d.ordinal) || '.' AS detail
        FROM bursary b LEFT JOIN bursary_decision d ON d.bursary_id = b.id
        GROUP BY b.id HAVING b.decisions <> count(d.ordinal) OR b.decisions <> coalesce(max(d.ordinal), 0)
        UNION ALL
        SELECT 'booking:' || f.booking_id, 'Its fee counts ' || f.decisions || ' decisions, and there are '
               || count(d.ordinal) || '.'
        FROM fee f LEFT JOIN fee_decision d ON d.booking_id = f.booking_id
        GROUP BY f.booking_id HAVING f.decisions <> count(d.ordinal) OR f.decisions <> coalesce(max(d.ordinal), 0)
        """,
    ),
    Check(
        "decision-has-its-bursary",
        """
        SELECT 'bursary_decision:' || d.bursary_id || '/' || d.ordinal AS subject, 'There is no such bursary.' AS detail
        FROM bursary_decision d LEFT JOIN bursary b ON b.id = d.bursary_id WHERE b.id IS NULL
        UNION ALL
        SELECT 'fee_decision:' || d.booking_id || '/' || d.ordinal, 'There is no such fee.'
        FROM fee_decision d LEFT JOIN fee f ON f.booking_id = d.booking_id WHERE f.booking_id IS NULL
        """,
    ),
    Check(
        "bursary-is-as-decided",
        """
        SELECT 'bursary:' || b.id AS subject, 'It does not say what its last decision says.' AS detail
        FROM bursary b JOIN bursary_decision d ON d.bursary_id = b.id AND d.ordinal = b.decisions
        WHERE b.amount_pence <> (d.result::jsonb ->> 'amount_pence')::bigint
           OR (b.status IN ('eligible', 'approved', 'claimable', 'claimed', 'paid') AND d.outcome <> 'eligible')
           OR (b.policy, b.policy_version::text) <> (d.result::jsonb ->> 'policy', d.result::jsonb ->> 'version')
           OR b.school_urn <> d.inputs::jsonb ->> 'school_urn'
        """,
    ),
    Check(
        "fee-is-as-decided",
        """
        SELECT 'booking:' || f.booking_id AS subject, 'Its fee is not what its last decision says.' AS detail
        FROM fee f JOIN fee_decision d ON d.booking_id = f.booking_id AND d.ordinal = f.decisions
        WHERE f.amount_pence IS DISTINCT FROM (d.result::jsonb ->> 'amount_pence')::integer
           OR f.at_most_pence IS DISTINCT FROM (d.result::jsonb ->> 'at_most_pence')::integer
        """,
    ),
)
