"""Public pages and phrases of codes: the rules in words, the card, and what is said when all are given out."""
