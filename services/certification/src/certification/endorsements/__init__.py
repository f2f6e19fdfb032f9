"""What organisations say for teachers, on being asked, and for schemes."""
