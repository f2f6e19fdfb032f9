"""What hubs has heard of the money of groups. Funding keeps the books; here is what it last told."""
