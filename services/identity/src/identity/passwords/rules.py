"""How long a way back into an account stays open."""

from datetime import timedelta

RESET_LIFETIME = timedelta(hours=1)
"""Short: until then whoever reads the mailbox holds the account."""
