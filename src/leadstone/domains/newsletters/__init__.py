"""Letters that people asked for: topics, issues, and the public archive.

Owns: Subscription, LetterBox, OwnChoice, Issue; the newsletter itself, with its topics and its promise, is a magnet of that kind.
Promises: an issue goes to those who confirmed its topic, once, and no more often than was promised.
Never: writes to anybody who did not confirm.
"""
