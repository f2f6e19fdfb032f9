"""The front door: routing, authentication, limits, composed reads."""
