"""The described API: its releases, and what changed between them."""
