"""The checklist of a prospect, and its receipts."""
