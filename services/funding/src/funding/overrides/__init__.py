"""What people attest in place of a register: one fact, with evidence, by two of them, until a day."""
