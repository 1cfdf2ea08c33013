"""What visitors sent, raw: kept first, judged afterwards.

Owns: Submission, JournalCursor, QuarantinedRecord.
Promises: every acknowledged submission is here exactly once.
Never: edits a submission; erasure and retention may delete its payload, nothing else may.
"""
