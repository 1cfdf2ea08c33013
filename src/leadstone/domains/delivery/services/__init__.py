"""Everything that changes a message: queueing, the gateway, and tidying up after a crash."""
