"""Where people come from: the vocabulary of channels.

Owns: the channel types and the rule that reads UTM and referrer.
Promises: every touch has a channel, if only "direct".
Never: guesses a person from a source.
"""
