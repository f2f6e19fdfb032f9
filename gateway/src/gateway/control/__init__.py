"""What changes a running gateway: events from the broker, keys of identity's, the routing file."""
