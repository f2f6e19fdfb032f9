"""The registry of lists that decide eligibility: imported by one person, approved by another, told as events."""
