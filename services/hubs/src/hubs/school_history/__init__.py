"""What the register said of a school on a day, and since when we knew."""
