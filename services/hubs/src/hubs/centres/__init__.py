"""Centres: physical, equipped spaces of a hub, and the times for which their rooms are booked."""
