"""Applications of schools and people to take part in projects: interest, commitment, criteria, selection, waiting."""
