"""Chinese text and nothing else."""
