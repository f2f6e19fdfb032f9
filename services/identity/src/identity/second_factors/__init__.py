"""Second factors: what somebody has, beside what they know."""
