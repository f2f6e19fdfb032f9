"""How long the links in the mails work."""

from datetime import timedelta

CONFIRMATION_LIFETIME = timedelta(hours=24)
RESTORATION_LIFETIME = timedelta(days=7)
"""Long: the owner of the old address may be on holiday while somebody else takes the account over."""
