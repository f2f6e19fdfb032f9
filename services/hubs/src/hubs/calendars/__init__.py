"""Calendars to subscribe to: a person's own, by a secret link, and every hub's."""
