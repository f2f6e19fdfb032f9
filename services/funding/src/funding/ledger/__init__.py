"""The double-entry ledger: append-only, in integer pence."""
