"""`ncce bench`: speed as ratios measured in one run, against the raw driver and against a route that does nothing."""
