"""Which hub covers a district, from which day to which."""
