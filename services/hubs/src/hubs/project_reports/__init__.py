"""Reports about groups: what a project's evaluation asks of whom, what they hand in, and what becomes of it."""
