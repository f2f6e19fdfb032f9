"""Teacher reference numbers: which somebody says they have, and how sure the platform is."""
