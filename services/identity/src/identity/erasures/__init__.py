"""Forgetting somebody: asked twice, done everywhere, proven."""
