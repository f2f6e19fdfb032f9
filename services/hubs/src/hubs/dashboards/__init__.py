"""A network's year in figures: for its national team, for each hub, and for whoever leads or is in a group."""
