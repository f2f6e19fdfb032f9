"""Finding a course run among all that are to come."""
