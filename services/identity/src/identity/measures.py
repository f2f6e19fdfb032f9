"""What identity tells of its business at /metrics of `work`."""

from chassis.measures import Measure

MEASURES = (
    Measure(
        "identity_webhooks",
        "Partners' webhook addresses, by state",
        "SELECT status, count(*) FROM webhook WHERE status <> 'deleted' GROUP BY status",
        ("status",),
    ),
    Measure(
        "identity_webhook_oldest_due_seconds",
        "For how long the first delivery that is due has not been tried",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0) FROM webhook_delivery "
        "WHERE status = 'waiting' AND due_at < clock_timestamp()",
    ),
    Measure(
        "identity_webhook_deliveries_dead",
        "Deliveries given up in the last day",
        "SELECT count(*) FROM webhook_delivery "
        "WHERE status = 'dead' AND created_at > clock_timestamp() - interval '1 day'",
    ),
    Measure(
        "identity_mail_oldest_due_seconds",
        "For how long the first message that is due has not been handed over",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(retry_at)), 0) FROM mail "
        "WHERE sent_at IS NULL AND refused_at IS NULL AND retry_at < clock_timestamp()",
    ),
    Measure(
        "identity_erasure_oldest_seconds",
        "For how long the first erasure that began has not been completed by every service",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(began_at)), 0) FROM erasure "
        "WHERE began_at IS NOT NULL AND completed_at IS NULL AND cancelled_at IS NULL",
    ),
    Measure(
        "identity_export_oldest_seconds",
        "For how long the first archive of somebody's data that was asked for has not been ready",
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(requested_at)), 0) FROM person_export "
        "WHERE ready_at IS NULL AND expires_at > clock_timestamp()",
    ),
)
