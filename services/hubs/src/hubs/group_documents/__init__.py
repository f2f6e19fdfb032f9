"""Documents of a group as files: for its people, its hub and the national team, and nobody else."""
