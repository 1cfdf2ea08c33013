"""Posts in social networks: links, texts, pictures and reach."""
