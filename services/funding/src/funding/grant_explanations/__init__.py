"""Explaining a pound of a grant: from what was paid back to drawdown, award, decision, card, evidence and people."""
