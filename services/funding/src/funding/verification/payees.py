"""Rules of payees."""

from funding.verification.findings import Check

PAYEES = (
    Check(
        "payee-has-its-details",
        """
        SELECT 'payee:' || p.id AS subject, 'It has ' || count(d.id) || ' versions of its bank details, the last of '
               || 'which is ' || coalesce(max(d.version)::text, 'none') || '.' AS detail
        FROM payee p LEFT JOIN payee_details d ON d.payee_id = p.id
        GROUP BY p.id HAVING count(d.id) = 0 OR count(d.id) <> max(d.version)
        """,
    ),
    Check(
        "payee-takes-what-was-approved",
        """
        SELECT 'payee:' || c.payee_id AS subject,
               'It takes the money of ' || c.payee_key || ' without approval.' AS detail
        FROM payee_collection c LEFT JOIN payee_details d ON d.id = c.details_id
        WHERE d.id IS NULL OR d.payee_id <> c.payee_id OR d.outcome IS DISTINCT FROM 'approved'
           OR NOT c.payee_key = ANY (d.collects_for)
        """,
    ),
)
