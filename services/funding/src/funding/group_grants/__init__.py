"""Grants of work groups: what hubs tells of a group becomes a proposal, an adjustment, an end, or a question."""
