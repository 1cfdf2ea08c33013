"""What people struggle with, and what answers it."""
