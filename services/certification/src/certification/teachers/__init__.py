"""Who is a teacher: certification's own view of identity's facts."""
