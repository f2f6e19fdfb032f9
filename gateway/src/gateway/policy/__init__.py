"""What the gateway decides, as functions of their arguments: no socket, no clock, no framework."""
