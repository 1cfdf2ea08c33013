"""Lead forms of LinkedIn.

Owns: nothing.
Promises: answers the challenge that LinkedIn repeats every few hours; names the address that tells what a response says.
Never: takes an id alone for a person.
"""
