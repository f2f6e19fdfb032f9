"""How long the steps of an erasure take, and which services have a part in it."""

from datetime import timedelta

CONFIRMATION_LIFETIME = timedelta(hours=24)
COOLING_OFF = timedelta(days=14)
"""Between the confirmation and the deed: whoever got hold of an account for a moment must not be able to wipe it."""
ASK_AGAIN_AFTER = timedelta(hours=6)
LAST_MAIL_WAITS = timedelta(hours=24)
"""How long the last mail may take before the address goes anyway."""
SERVICES = ("certification", "funding", "hubs")
"""Who else holds anything. Identity, which has the names, is last: only it can still tell the person."""
OWN = "identity"
