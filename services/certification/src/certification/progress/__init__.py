"""How far a teacher is, what is missing and what would help."""
