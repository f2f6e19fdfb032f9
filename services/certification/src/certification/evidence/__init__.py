"""Files that show what a log entry tells: looked through, stored outside the database, kept as a policy says."""
