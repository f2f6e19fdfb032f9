"""Which school carries on for another, where the register's links leave it open: a person decides."""
