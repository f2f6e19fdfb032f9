"""Bursaries: applied for, decided by a policy version, approved by a second person, claimed, paid."""
