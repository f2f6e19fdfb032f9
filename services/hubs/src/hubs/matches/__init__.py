"""The match queue: learners of partners whose teacher a person has to find."""
