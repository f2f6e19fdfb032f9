"""Funds and the budgets that hold their money."""
