"""People as staff see them. Whoever looks is on record, and the person can read who did."""
