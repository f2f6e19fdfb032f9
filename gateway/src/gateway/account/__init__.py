"""Pages on which people sign in and look after their own account, for everything that runs in a browser here."""
