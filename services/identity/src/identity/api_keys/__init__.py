"""API keys, with which partner organisations integrate."""
