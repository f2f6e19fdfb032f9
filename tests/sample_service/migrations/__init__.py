"""The sample's schema history."""
