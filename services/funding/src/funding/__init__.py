"""Eligibility, bursaries, budgets, the ledger and payments."""
