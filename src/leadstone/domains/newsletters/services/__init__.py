"""Everything that changes subscriptions and issues."""
