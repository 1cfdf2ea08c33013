"""What we do to be found, and what it costs: campaigns, costs, links and their codes.

Owns: Campaign, Cost, Recall, Link, Spelling.
Promises: money, hours and goods add up to one sum a currency; a code leads to its place for as long as paper lasts.
Never: names a person in a link.
"""
