"""What a composer of a notice may draw on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.contacts.queries import Mailbox
from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.grants.queries import LetterFacts
from leadstone.infra.letterhead import NoticeLetter
from leadstone.kernel.language import Language
from leadstone.wire.tokens import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a composer may draw on. `grant` is the one that the message's facts name, if any."""

    public_url: str
    studio_url: str
    company: str
    sender: str  # the house's own address
    language: Language
    now: datetime
    signer: Signer
    mailbox: Mailbox | None
    grant: LetterFacts | None
    my_url: str


Compose = Callable[[MessageFacts, Desk], NoticeLetter | None]  # None: there is nothing to say any more
