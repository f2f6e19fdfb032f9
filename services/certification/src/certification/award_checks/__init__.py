"""Samples of earned certificates that two people look at before the award."""
