"""Ways in for other systems: webhooks, mail, embeds, and the log of what came."""
