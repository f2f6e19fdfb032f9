"""Changes to a network's documents: read from a file, compared, and decided on by a second person."""
