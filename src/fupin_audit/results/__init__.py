"""What is handed out: findings, a comparison, a scorecard, a household; knows nothing else."""
