"""Letters that people asked for: topics, issues, and the public archive.

Owns: Newsletter, Topic, Subscription, Issue.
Promises: an issue goes to those who confirmed its topic, once, and no more often than was promised.
Never: writes to anybody who did not confirm.
"""
