"""What other services ask to be told to people, and what people want to be told."""
