"""Other programs: keys, webhooks and trials."""
