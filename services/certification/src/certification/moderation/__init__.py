"""Moderators at work: the queue with its service level, claims, decisions, second looks, and the policy for them."""
