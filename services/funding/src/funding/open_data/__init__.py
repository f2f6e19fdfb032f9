"""Grants to organisations as open data, by the 360Giving standard. Bursaries are about teachers and never in it."""
