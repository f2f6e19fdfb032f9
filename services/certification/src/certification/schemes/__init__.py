"""Certificate schemes and their immutable versions."""
