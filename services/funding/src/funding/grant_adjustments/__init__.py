"""Changes of awards when a group changes: another calculation with its difference, never an edit."""
