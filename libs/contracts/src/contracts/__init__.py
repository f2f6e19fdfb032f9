"""What the services say to each other: the events each one publishes."""
