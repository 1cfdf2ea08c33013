"""The form of a booking: its token, what was typed, and the record that it becomes. The same rules as at the edge."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.http import HttpRequest

from leadstone.domains.capture.rules import CheckedForm, check_form
from leadstone.infra.blind_index import blind_index
from leadstone.kernel.language import Language
from leadstone.wire.bundle import PublishedMagnet
from leadstone.wire.form_token import FormToken, FormTokens
from leadstone.wire.origin import unpack_origin
from leadstone.wire.pages.form_view import FormName, Notice
from leadstone.wire.records import SubmissionReceived

OLDEST_FORM = timedelta(hours=12)
LEAST_FILL_MS = 1500  # people take longer, also with autofill


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One posted form. `notice`: why it is shown again, beside what is wrong with single fields."""

    slug: str
    version_id: int
    language: Language
    token: FormToken | None
    values: dict[str, str]
    ticked: list[str]
    checked: CheckedForm
    network: str
    now: datetime
    notice: Notice | None = None

    @property
    def origin(self) -> str:
        return self.value(FormName.ORIGIN)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def record(self, ref: str) -> SubmissionReceived:
        """What the edge would have written down for this form; only for one without a notice."""
        assert self.token is not None
        at = _milliseconds(self.now)
        fill_ms = at - self.token.issued_at
        return SubmissionReceived(
            at=at,
            ref=ref,
            nonce=self.token.nonce,
            slug=self.slug,
            version_id=self.version_id,
            language=self.language,
            answers=self.checked.answers,
            ticked=self.checked.ticked,
            origin=unpack_origin(self.origin),
            fill_ms=fill_ms,
            network=self.network,
            suspicion="honeypot" if self.value(FormName.TRAP) else "too_fast" if fill_ms < LEAST_FILL_MS else "",
        )


def mint(version_id: int, *, now: datetime) -> str:
    """A token for a fresh form."""
    return _tokens().mint(version_id, now=_milliseconds(now))


def read(request: HttpRequest, magnet: PublishedMagnet, *, language: Language, now: datetime) -> Sent:
    """A posted form, judged under the words that the visitor saw."""
    values = {name: str(request.POST.getlist(name)[0]) for name in request.POST}
    ticked = [str(key) for key in request.POST.getlist(FormName.TICKED.value)]
    token = _tokens().read(values.get(FormName.TOKEN, ""))
    seen = next((each for each in magnet.versions if token and each.version_id == token.version_id), None)
    version = seen or magnet.current
    age = now - datetime.fromtimestamp(token.issued_at / 1000, now.tzinfo) if token else OLDEST_FORM
    fresh = seen is not None and timedelta() <= age < OLDEST_FORM
    return Sent(
        slug=magnet.slug,
        version_id=version.version_id,
        language=language,
        token=token,
        values=values,
        ticked=ticked,
        checked=check_form(version.definition, values, ticked, language),
        network=_network(request),
        now=now,
        notice=None if fresh else Notice.STALE,
    )


def _tokens() -> FormTokens:
    """Tokens of this door: no other reads them."""
    return FormTokens(bytes.fromhex(blind_index("", purpose="form tokens of the portal")))


def _network(request: HttpRequest) -> str:
    """The /24 or /48 that the edge names; "" when somebody asks without one."""
    try:
        address = ip_address(request.headers.get("X-Forwarded-For", "").strip())
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
