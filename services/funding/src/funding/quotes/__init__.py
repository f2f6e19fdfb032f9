"""Quotes: what a course run costs its teacher, promised for some days, with every reason."""
