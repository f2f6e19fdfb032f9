"""Signing in with an account of another organisation (OpenID Connect)."""
