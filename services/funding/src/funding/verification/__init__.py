"""Holding every record of the money against every other, and against its own seal."""
