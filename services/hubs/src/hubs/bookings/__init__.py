"""Places on course runs."""
