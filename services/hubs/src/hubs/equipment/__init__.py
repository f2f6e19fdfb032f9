"""Kits that schools of a hub lend one another: class sets of micro:bits, sensors, robots."""
