"""Settings: how the company presents itself, who works here, and my account."""
