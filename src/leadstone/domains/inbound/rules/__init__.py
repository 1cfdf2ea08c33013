"""What a provider is to us, what may become of what it hands over, and how long that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

# What the sealed columns are sealed for.
SECRETS = "inbound secret"
PAYLOADS = "inbound payload"
MOST_BYTES = 256 * 1024
MOST_PEOPLE = 1000  # in one request, as many as Meta sends together
MOST_FIELDS = 60
LONGEST_VALUE = 2000
LONGEST_LETTER = 8000  # what somebody writes in their own words
LONGEST_ID = 200
LONGEST_NAME = 80
CLOCKS_DIFFER = timedelta(minutes=5)  # Standard Webhooks
KEPT = timedelta(days=7)
# An id alone names nobody, and opens nothing for long: Meta and LinkedIn keep their leads for 90 days.
REFERENCE_KEPT = timedelta(days=90)
MOST_BOXES = 20  # on one form
MOST_WORDINGS = 200  # of boxes at one door: words that are other each time are no words of a form
# When the provider's own server is asked again for what it only announced.
RETRY_WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))


class ProviderName(StrEnum):
    """Who hands people over. Each value is stored and never renamed."""

    META = "meta"
    GOOGLE = "google"
    LINKEDIN = "linkedin"
    TYPEFORM = "typeform"
    GENERIC = "generic"  # whatever signs as Standard Webhooks say
    MAIL = "mail"  # people who write to an address of ours


class State(StrEnum):
    """What became of one person who was handed over."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # nothing can come of it as the door stands; may be tried again
    FAILED = "failed"  # the provider's server did not tell us who it is


class Because(StrEnum):
    """Why nothing came of it, or not yet."""

    NOBODY_TO_REACH = "nobody_to_reach"
    NO_DATA = "no_data"  # an id alone, and no access to ask for the rest
    NOT_TOLD = "not_told"  # the provider's server did not answer
    TURNED_DOWN = "turned_down"  # it answered that we may not know
    RUN_OUT = "run_out"  # what was said has been deleted


class Trouble(StrEnum):
    """Why a provider's own server tells a door nothing at the moment, whoever is asked after."""

    TOKEN_OVER = "token_over"  # our access token has run out, or was taken back
    NO_RIGHT = "no_right"  # the token may not read this
    OLD_VERSION = "old_version"  # it no longer speaks as we do
    TOO_OFTEN = "too_often"  # we are to wait
    SILENT = "silent"  # no answer, or its server is broken


# Those that pass by themselves are told at the door; of the others somebody gets a task.
NEEDS_SOMEBODY = frozenset({Trouble.TOKEN_OVER, Trouble.NO_RIGHT, Trouble.OLD_VERSION})


class Turned(StrEnum):
    """Why a request was not even read."""

    FORGED = "forged"
    TOO_OLD = "too_old"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    AUTOMATIC = "automatic"  # a machine wrote it: an answer, a bounce, a list


class Unreadable(Exception):
    """Verified, and of no shape that the provider has published."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A request as it came: the raw body, and the headers by names in lower case."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box on somebody else's form: the words beside it, and whether it was ticked.

    `free`: it was empty before, and the form could be sent without it; any other tick was nobody's choice.
    """

    words: str
    ticked: bool
    free: bool = True
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One person as a provider told of them. `fetch`: the address that tells the rest, when the id came alone."""

    provider_id: str
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    boxes: Sequence[Box] = ()
    at: datetime | None = None
    fetch: str = ""
    is_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the provider's own server told of one person. `more`: the address that explains it, when it does not by itself."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    boxes: Sequence[Box] = ()
    is_test: bool = False
    more: str = ""


class Provider(Protocol):
    """One outside service. Everything here is pure: no network, no clock, no database."""

    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        """None when whoever knows the secret sent these very bytes. Nothing of the body was trusted before."""

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        """Media type and text that prove to the provider that the address is ours; None when it did not ask rightly."""

    def verify_token(self, *, secret: str) -> str:
        """What the provider must show when it asks whether the address is ours; empty when it shows nothing."""

    def read(self, knock: Knock) -> Sequence[Said]:
        """The people in a verified request; raises `Unreadable`."""

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        """What a question to the provider's own server carries."""

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        """Why an answer other than 200 tells a door nothing; None when it is about this one person alone."""

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        """What the provider's own server told of one person, and in a second answer of their form; raises `Unreadable`."""

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        """A request as the provider would send it, signed, about somebody who does not exist."""


def retry_at(attempts: int, *, now: datetime) -> datetime | None:
    """When to ask again after so many attempts; None: never."""
    return now + RETRY_WAITS[attempts - 1] if attempts <= len(RETRY_WAITS) else None
