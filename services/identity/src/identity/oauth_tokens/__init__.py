"""Access tokens for OAuth clients (RFC 6749 §4.4)."""
