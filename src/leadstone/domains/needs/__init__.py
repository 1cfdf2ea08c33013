"""What people struggle with, in their own words, gathered into themes.

Owns: Theme, Voice, Answering, Gathering.
Promises: every count opens to the answers behind it; a theme says which magnets answer it, or that nothing does yet.
Never: puts words into anybody's mouth: themes are made of what was said; nor undoes what a person decided about them.
"""
