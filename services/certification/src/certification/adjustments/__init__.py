"""Extra time for people who need it."""
