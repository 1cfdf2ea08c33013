"""Reading a declared source at its address: how long a try may take, how much is kept, and why it may fail."""

from datetime import timedelta
from enum import StrEnum

# As much as somebody may paste by hand.
LONGEST_SOURCE_CHARACTERS = 200_000
# A worker that says nothing for so long is gone, and another one tries.
TRY_LASTS = timedelta(minutes=5)


class Unread(StrEnum):
    """Why an address was not read."""

    NO_ADDRESS = "no_address"  # written in a way that no program should guess at
    PRIVATE = "private"  # it leads into a network of somebody's own
    NO_SUCH_NAME = "no_such_name"
    SILENT = "silent"  # nobody there, too slow, or they hung up
    CERTIFICATE = "certificate"
    LEADS_ON = "leads_on"  # a redirect, which is never followed
    NOT_LET_IN = "not_let_in"
    NOT_THERE = "not_there"
    SENT_AWAY = "sent_away"  # any other answer that is not the page
    TOO_LARGE = "too_large"
    PASSWORD = "password"
    NO_TEXT = "no_text"  # a picture, a film, a program
    NO_WORDS = "no_words"  # a page that is only drawn by scripts, a scan
    UNREADABLE = "unreadable"  # damaged, or a trap
