"""Webhooks: partners' addresses to which events are sent as they happen."""
