"""Imports of the national register of schools: what was read, what it changed, what was refused."""
