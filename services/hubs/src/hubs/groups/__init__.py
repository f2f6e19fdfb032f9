"""Groups of a project at a hub: work groups, cohorts and communities, who is in them, and what they do."""
