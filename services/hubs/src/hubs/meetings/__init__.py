"""Meetings of a hub's schools: when and where, what about, and which schools came."""
