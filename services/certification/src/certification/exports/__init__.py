"""Everything that certification holds about a teacher, for that teacher."""
