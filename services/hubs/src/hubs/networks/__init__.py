"""Networks of hubs: who they are, their national team, and the hubs that take part in a year."""
