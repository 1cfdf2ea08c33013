"""What an uploaded file is and what it says, read from its bytes in a process that may fail.

Owns: the short-lived reading process (`python -m leadstone.infra.documents.reader`).
Promises: a bad file is refused with a reason or gives fewer facts; it never hangs, fattens or stops the process that asked.
Never: believes a file's name, or reads a document in the process that serves pages.
"""
