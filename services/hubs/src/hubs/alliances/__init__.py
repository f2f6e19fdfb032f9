"""Alliances of schools that become STEM skills hubs, and guests with whom a hub shares its centre and equipment."""
