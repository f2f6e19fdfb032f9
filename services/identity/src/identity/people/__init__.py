"""People: who they are, where they teach, which roles they hold."""
