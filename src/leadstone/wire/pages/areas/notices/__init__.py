"""Words to people whom we were told of by somebody else."""
