"""Leads of projects at hubs: proposed, held against what the project asks, accepted; their days and their duties."""
