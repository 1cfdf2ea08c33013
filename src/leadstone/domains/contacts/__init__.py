"""People, the ways to reach them, and who said what about them.

Owns: Contact, ContactPoint, Statement, Tag, MailDomain.
Promises: every value shown can name who said it, when, and whether it is verified.
Never: lets a public submission change a known person.
"""
