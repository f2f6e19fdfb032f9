"""Being signed in by cookie: how the website's frontend holds a sign-in that its scripts cannot read."""
