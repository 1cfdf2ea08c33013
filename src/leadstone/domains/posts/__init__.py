"""What we say in social networks, and how far it reached.

Owns: Post, PostFigures.
Promises: each post has a link of its own; reach is never told as leads.
Never: makes a lead of somebody who only commented.
"""
