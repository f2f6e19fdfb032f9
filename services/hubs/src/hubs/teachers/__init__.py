"""Who is a teacher, as identity tells it."""
