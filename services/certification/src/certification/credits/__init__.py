"""What teachers have done, and the append-only ledger of the credits it earned."""
