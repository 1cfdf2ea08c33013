"""Django-aware plumbing without a business word: outbox, stored tokens, blobs, mail, keys, logging.

Owns: tables and files that carry the business but do not know it.
Promises: what a transaction records here happens after it commits, and happens once.
Never: names a lead, a magnet or a consent.
"""
