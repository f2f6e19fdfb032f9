"""What our own transactions at READ COMMITTED make of each other: histories, and what may not be in one."""
