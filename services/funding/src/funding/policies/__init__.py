"""Bursary and fee policies: immutable versions with effective dates."""
