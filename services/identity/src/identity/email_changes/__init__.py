"""Changing the address that somebody signs in with, and taking such a change back."""
