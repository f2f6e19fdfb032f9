"""Which support a school may have: rules as data, evaluated with three values."""
