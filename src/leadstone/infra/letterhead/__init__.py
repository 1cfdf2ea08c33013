"""The look of mails: what a letter says becomes a subject, an HTML part and a text part.

Owns: the mail templates; their phrases are in the public catalogue.
Promises: nothing is fetched when a mail is opened: no remote picture, no pixel; both parts carry the same links.
Never: decides whether a letter is sent, or holds text that a visitor typed.
"""

from leadstone.infra.letterhead.letters import (
    DeliveryLetter,
    IssueLetter,
    Letter,
    MailingLetter,
    NoticeLetter,
    PersonalLetter,
    ReminderLetter,
)
from leadstone.infra.letterhead.rendering import Rendered, render

__all__ = [
    "DeliveryLetter",
    "IssueLetter",
    "Letter",
    "MailingLetter",
    "NoticeLetter",
    "PersonalLetter",
    "ReminderLetter",
    "Rendered",
    "render",
]
