"""What a magnet says, read before the public does, and who answers for it.

Owns: ClaimAnswer, AssetText, Source, Provenance; the linters.
Promises: the same words give the same findings, here and without a network; each says which words, and why.
Never: publishes, or softens, anything by itself.
"""
