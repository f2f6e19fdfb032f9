"""By which rule a course run counts as completed: how much of it must be attended, and for how many hours it counts."""
