"""Where teachers teach, from a day to a day."""
