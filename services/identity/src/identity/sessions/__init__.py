"""Being signed in: from login to logout."""
