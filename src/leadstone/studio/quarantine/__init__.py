"""What staff see while no mail leaves from a restored or copied installation, and how an administrator lets it."""
