"""Types of establishment, and which of them are state-funded: dated verdicts that two people stand for."""
