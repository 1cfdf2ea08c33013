"""What codes are called on the screen, in the language of the reader."""
