"""Accounts: registering with an e-mail address and a password, and proving the address."""
