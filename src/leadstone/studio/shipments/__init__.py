"""What is to be sent by post, its labels and its stock."""
