"""Funding's own copy of bookings and completions, kept from the hubs' events."""
