"""What teachers gave to the community, as the hubs tell of it."""
