"""Hubs, the districts they cover, the lookup of a school's or postcode's hub, and the teachers who joined."""
