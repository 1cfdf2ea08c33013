"""The first screen: what needs somebody now."""
