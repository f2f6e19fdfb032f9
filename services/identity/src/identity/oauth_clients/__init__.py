"""OAuth clients: programs of partners that exchange their credential for short-lived access tokens."""
