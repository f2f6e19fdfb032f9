"""What certification tells of its business at /metrics of `work`."""

from chassis.measures import Measure

MEASURES = (
    Measure(
        "certification_certificates",
        "Certificates awarded, by scheme",
        "SELECT scheme, count(*) FROM certificate GROUP BY scheme",
        ("scheme",),
    ),
    Measure(
        "certification_award_overdue_seconds",
        "For how long the first award that is due has not been made",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0) FROM pending_award "
        "WHERE due_at < clock_timestamp()",
    ),
    Measure(
        "certification_unlogged_certificates",
        "Certificates that the public log of awards does not have: never any",
        "SELECT count(*) FROM certificate WHERE NOT EXISTS "
        "(SELECT FROM issuance_entry WHERE certificate_id = certificate.id AND kind = 'issued')",
    ),
    Measure(
        "certification_log_entry_oldest_seconds",
        "For how long the first log entry in the queue has waited for a moderator",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(submitted_at)), 0) FROM log_entry "
        "WHERE status = 'submitted'",
    ),
    Measure(
        "certification_re_evaluations_open",
        "Looks at everybody in a scheme that are not finished",
        "SELECT count(*) FROM re_evaluation WHERE status IN ('queued', 'running')",
    ),
)
