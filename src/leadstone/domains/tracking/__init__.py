"""What was seen and when: page views as totals, touches of known people one by one.

Owns: Touch, PageViews, LinkUses, QuestionTotals, QuestionTimes.
Promises: a view is counted without knowing who looked.
Never: sets a cookie or follows a reader inside a document.
"""
