"""What the funder is told: what was spent on what, against targets, and what is expected."""
