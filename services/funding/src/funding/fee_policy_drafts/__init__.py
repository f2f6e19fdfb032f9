"""Fee policies before they are published: a figure that changes is written, tested and approved, and needs no code."""
