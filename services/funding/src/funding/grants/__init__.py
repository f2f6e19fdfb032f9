"""Awards of grants to organisations: calculated from a card, approved by a second person, agreed to, and ended."""
