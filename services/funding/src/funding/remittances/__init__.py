"""Remittance advice: what a payment was for, for the payee's people, and word of it once the bank has debited it."""
