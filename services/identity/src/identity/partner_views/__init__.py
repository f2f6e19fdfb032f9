"""What partners are told: which events, to whom, and which of their fields."""
