"""Explaining a pound: from a payment back to its claim, decision, rule, facts, evidence and people."""
