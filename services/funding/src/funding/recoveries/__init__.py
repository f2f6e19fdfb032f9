"""Recovery cases: money that was paid and has to come back, until it has or was written off by two people."""
