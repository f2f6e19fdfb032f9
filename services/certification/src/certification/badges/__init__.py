"""Open Badges 3.0: a certificate as a verifiable credential, and the lists that tell what became of it."""
