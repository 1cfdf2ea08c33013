"""What the deals will bring: forecast, health, wins and losses."""
