"""What this service holds about people: told to them, and erased on request."""
