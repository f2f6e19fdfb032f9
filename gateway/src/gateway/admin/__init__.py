"""For operators, on a port of its own: nothing here is on a request's way."""
