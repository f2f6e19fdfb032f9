"""Policies before they are published: written, tested by their own cases, approved by a second person."""
