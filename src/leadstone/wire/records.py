"""What the edge tells the core, record by record. Tags and fields are only ever added, never reused.

Times are milliseconds since the Unix epoch (UTC). Nothing here is trusted: a record is a claim until the worker judges it.
"""

import msgspec

from leadstone.wire.kiosk import SealedEntry


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="k", omit_defaults=True):
    """One thing that a visitor did, as the edge saw it."""

    at: int


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a visit came from, as far as the address line and the referrer say."""

    source: str = ""  # utm_source
    medium: str = ""
    campaign: str = ""
    term: str = ""
    content: str = ""
    referrer_host: str = ""
    link: str = ""  # the code of the tracked link that led here


class SubmissionReceived(Record, frozen=True, tag="submission"):
    """A form was sent and passed the edge's checks; `suspicion` names why it may be a machine's."""

    ref: str  # names the thank-you page; random, proves nothing
    nonce: str  # of the form token: the same for a double click, a refresh, a replay
    slug: str
    version_id: int
    language: str
    answers: dict[str, str]  # field key → as typed, trimmed
    ticked: tuple[str, ...] = ()  # keys of consent offers
    origin: Origin = Origin()
    fill_ms: int = 0
    network: str = ""  # /24 or /48, never the whole address
    suspicion: str = ""  # "honeypot", "too_fast", "crawler", "no_proof"


class MailboxProven(Record, frozen=True, tag="proven"):
    """The button of the confirm page was pressed by whoever reads the mailbox."""

    grant_key: str
    agent: str = "person"  # or "machine:<why>"
    form: str = ""  # hex, the mark of the form that the mail answered; empty for a link that was asked for again


class FileServed(Record, frozen=True, tag="served"):
    """A complete file left the edge; counted once per grant by the core."""

    grant_key: str


class PromiseRated(Record, frozen=True, tag="rated"):
    """The answer to "did you get what was promised?"."""

    grant_key: str
    answer: str  # "yes" | "partly" | "no"
    words: str | None = None  # what was added; None where the page did not ask for any


class LinkAskedAgain(Record, frozen=True, tag="again"):
    """The link expired or was used up, and its holder wants a new one."""

    grant_key: str


class NotMe(Record, frozen=True, tag="not_me"):
    """The owner of the mailbox says that somebody else typed the address."""

    grant_key: str


class MailsWelcome(Record, frozen=True, tag="welcome"):
    """Whoever reads the mailbox takes back that it was not them: what they ask for may reach it again."""

    grant_key: str
    agent: str = "person"  # or "machine:<why>"


class ExchangeUndone(Record, frozen=True, tag="undone"):
    """The exchange is to be undone: what was given is erased, the link stops working."""

    grant_key: str


class LeftMarketing(Record, frozen=True, tag="left"):
    """Somebody unsubscribed, by page or by RFC 8058 one-click."""

    contact_key: str
    one_click: bool = False


class PagesViewed(Record, frozen=True, tag="views"):
    """Totals of page views that the edge counted in memory since the last such record."""

    counts: tuple["ViewCount", ...]


class ViewCount(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """How often one version was seen from one source, by people and by machines, and how often its questions were begun."""

    version_id: int
    source: str  # utm_source, else referrer host, else ""
    medium: str
    people: int
    machines: int
    campaign: str = ""  # utm_campaign
    link: str = ""
    begun: int = 0
    begun_by_machines: int = 0


class LinksFollowed(Record, frozen=True, tag="followed"):
    """Totals of tracked links that were followed, as the edge counted them in memory since the last such record."""

    counts: tuple["LinkCount", ...]


WAYS = ("t", "q")  # from a screen; scanned or typed from paper


class LinkCount(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """How often one link was followed from a screen ("t") or scanned or typed from paper ("q"), by people and by machines."""

    code: str
    way: str
    people: int
    machines: int


class QuestionsAsked(Record, frozen=True, tag="asked"):
    """Totals of questions shown and answered that the edge counted in memory since the last such record."""

    counts: tuple["QuestionCount", ...]
    stopped: tuple["StoppedRun", ...] = ()
    finished: tuple[str, ...] = ()  # runs whose form was sent after all


class StoppedRun(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What somebody chose who stopped half way, where the page said that it is kept. The number is random and names nobody."""

    run: str  # 16 hex digits
    version_id: int
    answers: dict[str, str]  # key of a question → what was chosen, never typed


# Up to how many seconds an answer took, bucket by bucket; the last bucket has no end.
TOOK_SECONDS = (3, 6, 12, 25, 50, 100)


class QuestionCount(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """How many forms reached one question and how many went on from it; `question` is "" for the form after them."""

    version_id: int
    question: str
    shown: int  # to people
    shown_to_machines: int
    answered: int  # or passed, where it may be left out
    answered_by_machines: int
    took: tuple[int, ...]  # by people, by bucket of `TOOK_SECONDS`


class KioskHandedOver(Record, frozen=True, tag="kiosk"):
    """What a kiosk collected, sealed by the device; without entries, a sign that it is there."""

    device: str
    clock: int  # what the device's own clock said as it sent this
    waiting: int = 0  # how many more there are on the device
    entries: tuple[SealedEntry, ...] = ()


AnyRecord = (
    SubmissionReceived
    | MailboxProven
    | FileServed
    | PromiseRated
    | LinkAskedAgain
    | NotMe
    | MailsWelcome
    | ExchangeUndone
    | LeftMarketing
    | PagesViewed
    | LinksFollowed
    | QuestionsAsked
    | KioskHandedOver
)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[AnyRecord, ...])


def encode_records(records: "list[AnyRecord] | tuple[AnyRecord, ...]") -> bytes:
    """MessagePack of a whole group commit, ready to be sealed."""
    return _encoder.encode(tuple(records))


def decode_records(data: bytes) -> tuple[AnyRecord, ...]:
    """The records in `data`; raises `msgspec.ValidationError` when it is not ours."""
    return _decoder.decode(data)
