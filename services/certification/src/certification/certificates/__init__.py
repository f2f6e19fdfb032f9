"""Awards and their public verification."""
