"""Completed professional development: from registers and from partners' batches."""
