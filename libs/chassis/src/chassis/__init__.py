"""How any service runs: settings, database, outbox, inbox, broker, errors, health."""
