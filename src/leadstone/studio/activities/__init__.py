"""Tasks, calls, meetings and notes, and the calendar of each colleague."""
