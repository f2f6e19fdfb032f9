"""The files that follow from the event classes: a program of its own, since it imports every service."""
