"""Lead forms of LinkedIn.

Owns: nothing.
Promises: answers the challenge that LinkedIn repeats every few hours.
Never: takes an id alone for a person.
"""
