"""Hubs, plans and groups of networks for demonstrations: invented, and with synthetic schools' people only."""
