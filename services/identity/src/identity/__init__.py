"""People, organisations, sign-in and API keys."""
