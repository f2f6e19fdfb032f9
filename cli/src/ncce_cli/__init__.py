"""The ncce command: up, demo, test, migrate, events, bench."""
