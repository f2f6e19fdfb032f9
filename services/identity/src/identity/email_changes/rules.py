"""How long the links in the mails work."""

from datetime import timedelta

CONFIRMATION_LIFETIME = timedelta(hours=24)
RESTORATION_LIFETIME = timedelta(days=7)
"""Long: the owner of the old address may be on holiday while somebody else takes the account over."""
SUSPECT_BEFORE = timedelta(days=2)
"""Whoever takes an account over may add a factor before they change the address, whose link works for a day. What was
added from here on goes when the address is restored; an owner who did it adds it again."""
