"""Payees: whom money is sent to, and their bank details, which two people stand for."""
