"""Funding's own copy of who holds which certificate, as far as a rule asks for it."""
