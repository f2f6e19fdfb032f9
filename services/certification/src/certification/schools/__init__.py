"""Awards to schools: which school a teacher is at, what it is called, and what its teachers have done between them."""
