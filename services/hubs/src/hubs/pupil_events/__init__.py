"""Events for pupils of a programme: schools book numbers, and numbers are all that is kept of pupils."""
