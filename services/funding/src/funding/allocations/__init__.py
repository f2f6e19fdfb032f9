"""Allocations: money put into a budget, from its fund or from another budget, by two people."""
