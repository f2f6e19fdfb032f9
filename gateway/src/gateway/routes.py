"""The route table: what the platform exposes. A path that is not under one of these prefixes does not exist outside."""

from gateway.policy.routing import Route

BATCH_BODY_BYTES = 4 * 1024 * 1024
BATCH_SECONDS = 60.0

ROUTES: tuple[Route, ...] = (
    Route("/.well-known/jwks.json", "identity"),
    Route("/v1/auth", "identity", tells_source=True),
    Route("/v1/me", "identity"),
    Route("/v1/unsubscriptions", "identity"),
    Route("/v1/api-keys", "identity"),
    Route("/v1/organisations", "identity"),
    Route("/v1/hubs", "hubs"),
    Route("/v1/hubs.geojson", "hubs"),
    Route("/v1/hubs.csv", "hubs"),
    Route("/v1/schools", "hubs"),
    Route("/v1/area-lists", "hubs"),
    Route("/v1/gcse-offers", "hubs"),
    Route("/v1/courses", "hubs"),
    Route("/v1/course-runs", "hubs"),
    Route("/v1/bookings", "hubs"),
    Route("/v1/calendar-feeds", "hubs"),
    Route("/v1/calendars", "hubs"),
    Route("/v1/registers", "hubs"),
    Route("/v1/completion-rules", "hubs"),
    Route("/v1/completions", "hubs"),
    Route("/v1/resources", "hubs"),
    Route("/v1/enrichment-offers", "hubs"),
    Route("/v1/area-lists/files", "hubs", body_limit_bytes=BATCH_BODY_BYTES, write_seconds=BATCH_SECONDS),
    Route("/v1/completions/batches", "hubs", body_limit_bytes=BATCH_BODY_BYTES, write_seconds=BATCH_SECONDS),
    Route("/v1/schemes", "certification"),
    Route("/v1/activities", "certification"),
    Route("/v1/enrolments", "certification"),
    Route("/v1/progress", "certification"),
    Route("/v1/diagnostics", "certification"),
    Route("/v1/log-entries", "certification"),
    Route("/v1/certificates", "certification"),
    Route("/v1/verify", "certification"),
    Route("/v1/eligibility", "funding"),
    Route("/v1/policies", "funding"),
    Route("/v1/bursaries", "funding"),
    Route("/v1/claims", "funding"),
    Route("/v1/payment-runs", "funding"),
    Route("/v1/budgets", "funding"),
    Route("/v1/ledger", "funding"),
)
