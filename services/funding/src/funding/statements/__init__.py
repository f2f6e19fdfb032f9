"""Statements: what went to and is owed by a school, a hub or an organisation in a month, frozen when it is closed."""
