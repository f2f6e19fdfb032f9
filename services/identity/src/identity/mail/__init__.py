"""Mail the platform sends."""
