"""Public files checked offline, in a process of its own: the command imports no member of the platform."""
