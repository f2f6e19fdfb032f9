"""What a partner finds in a sandbox, and finds there again after a reset."""
