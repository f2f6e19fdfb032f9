"""Whom a change concerns: each bursary that a list, a policy or the end of a fact may touch, worked off in chunks."""
