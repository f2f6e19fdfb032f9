"""How long an export takes and lasts, and who has a part in it."""

from datetime import timedelta

LIFETIME = timedelta(days=7)
ASK_AGAIN_AFTER = timedelta(minutes=10)
WAITED_FOR = timedelta(hours=24)
"""After so long the person is told of what there is. A part that comes later is in the archive from then on."""
OWN = "identity"
SERVICES = (OWN, "hubs", "certification", "funding")
PLAN_FORM = "uk.ncce.archive-plan.v1"
"""What identity answers for an archive: which parts the gateway is to put into it."""
