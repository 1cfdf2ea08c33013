"""Sales interests: one lead a contact (or company) and magnet, with status, owner and quality.

Owns: Lead, StatusChange.
Promises: every lead says where it came from, how good it is and why.
Never: is a prospect before it was qualified.
"""
