"""`ncce doctor`: what is wrong with the platform, a sentence each, with what to do about it."""
