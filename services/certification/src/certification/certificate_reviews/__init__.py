"""What two administrators say about certificates that a correction has put in question."""
