"""The online space of a group: what its people write to each other, and who looks after it."""
