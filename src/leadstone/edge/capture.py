"""A magnet's page and its form: shown, checked with the rules that the core uses too, durable, then answered."""

from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

from leadstone.domains.capture.rules import CheckedForm
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.domains.magnets.question_views import questions_on_form
from leadstone.domains.magnets.questionnaire import PREFIX
from leadstone.edge import asking, elsewhere, offering
from leadstone.edge.answer import Answer, see_other
from leadstone.edge.context import RETRY_SECONDS, Edge
from leadstone.edge.delivery import language_of
from leadstone.edge.elsewhere import Brought
from leadstone.edge.forms import read_pairs
from leadstone.edge.limits import Judgement
from leadstone.edge.published import version_seen
from leadstone.edge.request import Request
from leadstone.edge.views import origin_of
from leadstone.kernel.language import Language, language_or
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.definition import FieldKey
from leadstone.wire.form_token import FormToken
from leadstone.wire.journal import JournalUnavailable, now_ms
from leadstone.wire.origin import pack_origin, unpack_origin
from leadstone.wire.pages import urls
from leadstone.wire.pages.form_view import FormName, FormView, Notice
from leadstone.wire.records import SubmissionReceived

OLDEST_FORM_MS = 12 * 3600 * 1000

# As plain strings, because an enum member as a key costs a Python call for each look-up.
TOKEN, ORIGIN, PACE, TICKED, PROOF, TRAP = (
    str(name.value) for name in (FormName.TOKEN, FormName.ORIGIN, FormName.PACE, FormName.TICKED, FormName.PROOF, FormName.TRAP)
)
EMAIL = str(FieldKey.EMAIL.value)


@dataclass(slots=True)
class Sent:
    """One posted form on its way through the checks."""

    magnet: PublishedMagnet
    version: PublishedVersion
    token: FormToken | None
    values: dict[str, str]  # the first value of each name
    ticked: list[str]
    checked: CheckedForm
    language: Language
    notice: Notice | None = None  # why it is shown again, beside what is wrong with single fields

    def value(self, name: str) -> str:
        return self.values.get(name, "")


async def index(edge: Edge, request: Request) -> Answer:
    offered = [magnet for magnet in edge.now.bundle.magnets if offering.is_offered(edge, magnet)]
    return edge.page(edge.now.pages.index(language=edge.language(request), offered=offered))


async def show(edge: Edge, request: Request, slug: str) -> Answer:
    """The page with a fresh form. A visit from somewhere else carries its origin in the form, since there are no cookies."""
    magnet = edge.now.magnets.get(slug)
    if magnet is None:
        return edge.problem(request, 404)
    if not magnet.live:
        return gone(edge, request, magnet)
    version = met_by(edge, request, magnet)
    origin = origin_of(request.query, request.header(b"referer"), own_host=edge.own_host)
    if request.method == "GET":
        counted = seen_as(edge, request, magnet, version)
        edge.views.add(counted.version_id, origin, machine=bool(request.machine_because))
    offer = offering.offer_of(edge, magnet)
    if offer and not offering.takes_forms(offer):
        return offering.without_form(edge, request, magnet, offer, sent=False)
    language = language_of(request, version)
    token = edge.forms.mint(version.version_id, now=now_ms())
    packed = pack_origin(origin)
    pressed = edge.limits.under_pressure(now=now_ms() // 1000)
    if pressed or offer:
        form = FormView(token=token, origin=packed, challenge=edge.proofs.challenge() if pressed else "", first=True)
        form = replace(form, questions=edge.now.on_form.get(version.version_id, ()))
        return edge.page(edge.pages(request).magnet(version, slug, language=language, form=form, offer=offer))
    return edge.page(fresh_page(edge, request, version, slug, language=language, token=token, origin=packed))


def met_by(edge: Edge, request: Request, magnet: PublishedMagnet) -> PublishedVersion:
    """The words that this visitor meets: everybody the same, but for people while two ways to say it are compared.

    In a frame it is the public words: what stands around it is another page each time, and no fair comparison.
    """
    if magnet.experiment is None or request.machine_because or request.framed:
        return magnet.current
    return edge.arms.version_for(magnet, network=network_of(edge, request), agent=request.header(b"user-agent"))


def seen_as(edge: Edge, request: Request, magnet: PublishedMagnet, version: PublishedVersion) -> PublishedVersion:
    """The version that a view counts for: an arm counts a visitor once a day, and what they look at again is the magnet."""
    if version is magnet.current:
        return version
    agent = request.header(b"user-agent")
    first = edge.arms.is_first_today(version, network=network_of(edge, request), agent=agent, now=now_ms())
    return version if first else magnet.current


def network_of(edge: Edge, request: Request) -> str:
    return request.network(edge.settings.trusted_proxies)


def fresh_page(
    edge: Edge, request: Request, version: PublishedVersion, slug: str, *, language: Language, token: str, origin: str
) -> bytes:
    """The page as nearly everybody gets it: rendered once, with a token and an origin put in."""
    before, between, after = edge.pages(request).magnet_parts(
        version, slug, language=language, questions=edge.now.on_form.get(version.version_id, ())
    )
    return b"".join((before, token.encode(), between, escape(origin).encode(), after))


async def receive(edge: Edge, request: Request, slug: str) -> Answer:
    """303 once the submission is durable; otherwise the same form again, with what was typed and what is wrong."""
    magnet = edge.now.magnets.get(slug)
    refused = not_taken(edge, request, magnet)
    if refused or magnet is None:
        return refused or edge.problem(request, 404)
    pairs = read_pairs(await request.body(), request.header(b"content-type"))
    brought = elsewhere.brought_by(edge, request, pairs)
    if brought:
        pairs = brought.pairs
        edge.views.add(magnet.current.version_id, brought.origin, machine=bool(request.machine_because))
    if slug in edge.now.asking:
        pairs = asking.gathered(pairs)
        page = asking.page_before_form(edge, request, magnet, pairs)
        if page is not None:
            return page
    sent = read_sent(edge, request, magnet, pairs)
    if brought or sent.notice or not sent.checked.accepted:
        return look_at(edge, request, sent, brought)
    network = request.network(edge.settings.trusted_proxies)
    judgement = judge(edge, sent, network)
    if judgement is not Judgement.OPEN and judgement is not Judgement.UNPROVEN:
        edge.seen[f"form_{judgement.value}"] += 1
        sent.notice = Notice.PROVE if judgement is Judgement.PROVE else Notice.LATER
        return again(edge, request, sent, status=429)
    record = record_of(edge, request, sent, network=network, unproven=judgement is Judgement.UNPROVEN)
    try:
        await edge.ledger.append(record)
    except JournalUnavailable:
        edge.seen["form_unavailable"] += 1
        sent.notice = Notice.UNSAVED
        return again(edge, request, sent, status=503)
    edge.seen["form_accepted"] += 1
    if slug in edge.now.asking:
        asking.form_sent(edge, request, sent.version, sent.values)
    query = query_of(sent) if request.query or sent.version is not magnet.current else ""
    after = urls.framed_thanks if request.framed else urls.thanks
    return see_other(after(slug, record.ref) + query)


def look_at(edge: Edge, request: Request, sent: Sent, brought: Brought | None) -> Answer:
    """Nothing is sent before the visitor has looked at it here: something is wrong, or it was filled in on another page."""
    if brought is None:
        edge.seen["form_refused"] += 1
        return again(edge, request, sent, status=422)
    edge.seen[f"form_{brought.notice.value}"] += 1
    # What is missing is asked for here; it was not even asked there.
    sent.notice, sent.checked = brought.notice, sent.checked._replace(errors={})
    return again(edge, request, sent, status=brought.status)


async def thanks(edge: Edge, request: Request, slug: str, ref: str) -> Answer:
    """What happens next; the same for every `ref`, which proves nothing and is looked up by nobody here."""
    magnet = edge.now.magnets.get(slug)
    if magnet is None:
        return edge.problem(request, 404)
    version = magnet.numbered(request.query.get("v", ""))
    html = edge.pages(request).thanks(version, slug, ref, language=language_of(request, version), chosen=request.query)
    return edge.private_page(html)


def not_taken(edge: Edge, request: Request, magnet: PublishedMagnet | None) -> Answer | None:
    """Why a form of this magnet is not taken now: withdrawn, not begun, over. The server's clock decides, for everybody alike.

    A form that would have to name a time and cannot is not taken either.
    """
    if magnet is None or not magnet.live:
        return gone(edge, request, magnet) if magnet else None
    offer = offering.offer_of(edge, magnet)
    if offer is None or offering.takes_forms(offer):
        return to_the_times(edge, request, magnet) if begins_with_a_time(magnet.current.definition) else None
    return offering.without_form(edge, request, magnet, offer, sent=True)


def to_the_times(edge: Edge, request: Request, magnet: PublishedMagnet) -> Answer:
    """A form that names no time: nothing of it is kept, and the way leads to where one is chosen."""
    edge.seen["form_without_time"] += 1
    return see_other(f"/book/{magnet.slug}?lang={language_of(request, magnet.current).value}")


def gone(edge: Edge, request: Request, magnet: PublishedMagnet) -> Answer:
    return edge.page(edge.pages(request).gone(magnet.current, language=language_of(request, magnet.current)), status=410)


def read_sent(edge: Edge, request: Request, magnet: PublishedMagnet, pairs: list[tuple[str, str]]) -> Sent:
    """The form, judged under the words that the visitor saw: those of the version that its token names."""
    values: dict[str, str] = {}
    ticked: list[str] = []
    for name, value in pairs:
        if name == TICKED:
            ticked.append(value)
        elif name not in values:
            values[name] = value
    token = edge.forms.read(values.get(TOKEN, ""))
    version = version_seen(magnet, token)
    if version is None:
        token, version = None, magnet.current
    checked = edge.now.checks[version.version_id].check(values, ticked)
    sent = Sent(magnet, version, token, values, ticked, checked, language_of(request, version))
    if token is None or not 0 <= now_ms() - token.issued_at <= OLDEST_FORM_MS:
        sent.notice = Notice.STALE
    return sent


def judge(edge: Edge, sent: Sent, network: str) -> Judgement:
    domain = sent.checked.answers.get(EMAIL, "").rpartition("@")[2].lower()
    proof = sent.values.get(PROOF, "")
    proven = bool(proof) and edge.proofs.accept(proof)
    return edge.limits.judge(network=network, domain=domain, proven=proven, now=now_ms() // 1000)


def record_of(edge: Edge, request: Request, sent: Sent, *, network: str, unproven: bool) -> SubmissionReceived:
    now = now_ms()
    assert sent.token is not None
    fill_ms = now - sent.token.issued_at
    return SubmissionReceived(
        at=now,
        ref=edge.randomness.ref(),
        nonce=sent.token.nonce,
        slug=sent.magnet.slug,
        version_id=sent.version.version_id,
        language=sent.language,
        answers=sent.checked.answers,
        ticked=sent.checked.ticked,
        origin=unpack_origin(sent.values.get(ORIGIN, "")),
        fill_ms=fill_ms,
        network=network,
        suspicion=suspicion(request, sent, too_fast=fill_ms < edge.settings.least_fill_ms, unproven=unproven),
    )


def suspicion(request: Request, sent: Sent, *, too_fast: bool, unproven: bool) -> str:
    """The strongest sign of a machine; the answer is the same with or without one."""
    if sent.values.get(TRAP):
        return "honeypot"
    if request.machine_because:
        return "crawler"
    if too_fast:
        return "too_fast"
    return "no_proof" if unproven else ""


def again(edge: Edge, request: Request, sent: Sent, *, status: int) -> Answer:
    """The same form with a fresh token, keeping every word that was typed."""
    now = now_ms()
    needs_proof = sent.notice is Notice.PROVE or edge.limits.under_pressure(now=now // 1000)
    form = FormView(
        token=edge.forms.mint(sent.version.version_id, now=now),
        origin=sent.value(ORIGIN),
        pace=sent.value(PACE),
        typed={key: sent.value(key) for key in FieldKey},
        ticked=frozenset(sent.ticked),
        errors=sent.checked.errors,
        notice=sent.notice,
        challenge=edge.proofs.challenge() if needs_proof else "",
        questions=questions_on_form(sent.version.definition, typed=sent.values, errors=sent.checked.errors),
    )
    if not form.questions:
        carried = {name: answer for name, answer in sent.checked.answers.items() if name.startswith(PREFIX)}
        form = replace(form, carried=carried)
    offer = offering.offer_of(edge, sent.magnet)
    html = edge.pages(request).magnet(sent.version, sent.magnet.slug, language=sent.language, form=form, offer=offer)
    answer = edge.private_page(html, status=status)
    if status == 429:
        answer.headers.append((b"retry-after", str(edge.limits.wait_seconds(now=now // 1000)).encode()))
    elif status == 503:
        answer.headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    return answer


def query_of(sent: Sent) -> str:
    """A language that was chosen goes on, the magnet's own needs no word; and so does a version that is not everybody's."""
    own = language_or(sent.version.definition.language, Language.ENGLISH)
    chosen = {} if sent.language == own else {"lang": sent.language.value}
    if sent.version is not sent.magnet.current:
        chosen["v"] = str(sent.version.number)
    return f"?{urlencode(chosen)}" if chosen else ""
