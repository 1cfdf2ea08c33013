"""Public pages and words of what is offered for a time, or to a number of people."""
