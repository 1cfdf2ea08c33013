"""The door of a token holder: what we know of you, why we wrote, what you allowed, and the way out."""
