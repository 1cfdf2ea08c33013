"""What each magnet brings, and the rows behind each number."""
