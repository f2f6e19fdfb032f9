"""Two accounts that are one person's: found, merged by two people, separated again when that was wrong."""
