"""What nobody knows yet and somebody has to find out: one task for each missing fact, whatever waits for it."""
