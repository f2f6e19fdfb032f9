"""Checking whatever public files somebody kept, on a machine without a network."""
