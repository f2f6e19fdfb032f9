"""What answers tell of the questions."""
