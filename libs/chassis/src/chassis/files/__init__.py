"""Files that people send: looked through, stored outside a database, sealed, sent back so that nothing of them acts."""
