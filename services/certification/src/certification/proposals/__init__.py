"""What one person writes, cases test, another approves, and a version comes of: rules, questionnaires."""
