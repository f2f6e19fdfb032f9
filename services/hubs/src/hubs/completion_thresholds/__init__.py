"""From which percentage on an activity counts as completed: versions with the day from which each holds."""
