"""A year of hubs, projects, groups, reports and money, drawn from a seed, and its independent recomputation."""
