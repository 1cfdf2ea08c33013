"""What we offer: magnets, their drafts, their immutable versions, and the files behind them.

Owns: Magnet, MagnetVersion, DraftBefore, Asset.
Promises: a version without a complete exchange contract cannot be published; a published one never changes.
Never: forgets the words that an old submission was given.
"""
