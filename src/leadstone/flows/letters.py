"""What a message says, composed from ids at the moment it leaves. Nothing that a visitor typed is in it but the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.queries import ReminderFacts
from leadstone.domains.brand import queries as brand
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import Mailbox
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.delivery.rules import DELIVERY, ISSUE_TEST, LINK_AGAIN, PERSONAL, REMINDER
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Outcome
from leadstone.flows.held_times import held_time
from leadstone.flows.issue_letters import issue_letter, issue_texts
from leadstone.flows.mailed_codes import code_of
from leadstone.flows.mailed_forms import form_of, mark_of
from leadstone.flows.notices import NOTICES, Desk
from leadstone.flows.personal_mail import personal_words
from leadstone.flows.results import Result, results
from leadstone.infra import letterhead
from leadstone.infra.letterhead import (
    DeliveryLetter,
    IssueLetter,
    Letter,
    MailingLetter,
    NoticeLetter,
    PersonalLetter,
    ReminderLetter,
)
from leadstone.infra.mail.message import Mail
from leadstone.infra.stored_tokens import services as stored_tokens
from leadstone.kernel.address import read_address
from leadstone.kernel.language import Language, language_or
from leadstone.kernel.moments import spoken_day_and_time
from leadstone.wire.bundle import BrandFacts
from leadstone.wire.definition import mail_of
from leadstone.wire.tokens import Signer, mint_confirm, mint_leave

MAILING = "mailing"

MY_PURPOSE = "my"
MY_LINK_LASTS = timedelta(days=30)
# Somebody may look for the way out in an old letter.
LEAVE_LINK_LASTS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the letters of one batch have in common or are composed from."""

    brand: BrandFacts
    mailboxes: Mapping[int, Mailbox]
    grants: Mapping[int, LetterFacts]
    results: Mapping[UUID, Result]  # by key of the message: several mails of one grant may answer different forms
    slugs: Mapping[int, str]  # version id → address of the magnet
    my_tokens: Mapping[str, str]
    reminders: Mapping[int, ReminderFacts]


class Letters:
    """Composes mails. Holds the seed by which links are signed, so it lives in the worker only."""

    def __init__(self, *, public_url: str, token_seed: str, studio_url: str = "") -> None:
        self._url = public_url.rstrip("/")
        self._studio_url = studio_url.rstrip("/")
        self._signer = Signer(token_seed)
        self._kinds: Mapping[str, Callable[[MessageFacts, Surroundings, datetime], Letter | None]] = {
            DELIVERY: self._delivery,
            LINK_AGAIN: self._delivery,
            MAILING: self._mailing,
            REMINDER: self._reminder,
            PERSONAL: self._personal,
            ISSUE_TEST: self._issue_test,
            **dict.fromkeys(NOTICES, self._notice),
        }

    def compose(self, message_ids: Sequence[int], *, now: datetime) -> dict[int, Mail]:
        """Message id → mail. A message that has nothing to say any more (undone, erased, no brand) is left out."""
        rows = delivery.message_facts(message_ids)
        around = _surroundings(rows.values(), now=now)
        if around is None:
            return {}
        composed = {pk: self._compose(row, around, now) for pk, row in rows.items()}
        return {pk: mail for pk, mail in composed.items() if mail is not None}

    def _compose(self, row: MessageFacts, around: Surroundings, now: datetime) -> Mail | None:
        letter = self._kinds[row.kind](row, around, now)
        to = read_address(row.to_address)
        if letter is None or to is None:
            return None
        rendered = letterhead.render(letter, brand=around.brand, language=_language(row, around))
        return Mail(
            key=row.key,
            from_name=around.brand.company,
            from_address=around.brand.sender_email,
            # The envelope and the header carry the ASCII form of the domain (RFC 5891): every server takes it.
            to_address=f"{to.local}@{to.domain}",
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            date=now,
            reply_to=_reply_to(row),
            leave_url=letter.leave_url if isinstance(letter, (IssueLetter, MailingLetter, NoticeLetter, PersonalLetter)) else "",
            calendar=letter.calendar if isinstance(letter, NoticeLetter) else None,
        )

    def _delivery(self, row: MessageFacts, around: Surroundings, now: datetime) -> DeliveryLetter | None:
        facts = _standing_grant(row, around)
        if facts is None:
            return None
        result, words = around.results.get(row.key), mail_of(facts.definition)
        return DeliveryLetter(
            title=facts.definition.title,
            kind=facts.definition.kind,
            confirm_url=self._confirm_url(facts, now, form_id=form_of(row.facts), result=result),
            result=tuple(words for words in _told(result.outcome) if words) if result else (),
            code=code_of(row.key),
            magnet_url=self._magnet_url(facts, around),
            again=row.kind == LINK_AGAIN,
            time=held_time(form_of(row.facts), language=_language(row, around), now=now),
            subject=words.subject,
            preheader=words.preheader,
            my_url=self._my_url(row, around),
        )

    def _mailing(self, row: MessageFacts, around: Surroundings, now: datetime) -> MailingLetter | IssueLetter | None:
        mailbox = around.mailboxes.get(row.contact_id or 0)
        text = row.texts.get(row.language) or next(iter(row.texts.values()), None)
        if mailbox is None or text is None:
            return None
        token = mint_leave(self._signer, contact_key=mailbox.contact_key, expires_at=now + LEAVE_LINK_LASTS)
        leave_url, my_url = f"{self._url}/u/{token}", self._my_url(row, around)
        if "blocks" in text:
            return issue_letter(text, public_url=self._url, leave_url=leave_url, my_url=my_url)
        return MailingLetter(subject=text["subject"], paragraphs=tuple(text["paragraphs"]), leave_url=leave_url, my_url=my_url)

    def _issue_test(self, row: MessageFacts, around: Surroundings, now: datetime) -> IssueLetter | None:
        """As its readers will get it, but for the way out, which would be a reader's; nothing when it was thrown away."""
        draft = issue_texts(row.facts)
        return issue_letter(draft, public_url=self._url) if draft else None

    def _reminder(self, row: MessageFacts, around: Surroundings, now: datetime) -> ReminderLetter | None:
        """Nothing, when it was done, taken back or given to somebody else meanwhile."""
        facts = around.reminders.get(activity_of(row.facts) or 0)
        if facts is None or facts.to_address != row.to_address:
            return None
        when = spoken_day_and_time(facts.due_at, zone=facts.time_zone, language=_language(row, around))
        return ReminderLetter(kind=facts.kind.value, when=when, url=f"{self._studio_url}/activities/{facts.activity_id}")

    def _personal(self, row: MessageFacts, around: Surroundings, now: datetime) -> PersonalLetter | None:
        """Nothing, when the words were taken back or erased, or whoever wrote them works here no more."""
        words = personal_words(row.facts)
        mailbox = around.mailboxes.get(row.contact_id or 0)
        if words is None or mailbox is None:
            return None
        token = mint_leave(self._signer, contact_key=mailbox.contact_key, expires_at=now + LEAVE_LINK_LASTS)
        return PersonalLetter(
            subject=words.subject,
            paragraphs=words.paragraphs,
            signed=words.writer.name,
            leave_url=f"{self._url}/u/{token}" if row.facts.get("marketing") else "",
            my_url=self._my_url(row, around),
        )

    def _notice(self, row: MessageFacts, around: Surroundings, now: datetime) -> NoticeLetter | None:
        desk = Desk(
            public_url=self._url,
            studio_url=self._studio_url,
            company=around.brand.company,
            sender=around.brand.sender_email,
            language=_language(row, around),
            now=now,
            signer=self._signer,
            mailbox=around.mailboxes.get(row.contact_id or 0),
            grant=_standing_grant(row, around),
            my_url=self._my_url(row, around),
        )
        return NOTICES[row.kind](row, desk)

    def _confirm_url(self, facts: LetterFacts, now: datetime, *, form_id: int | None, result: Result | None) -> str:
        expires_at = now + timedelta(days=facts.definition.link_days)
        token = mint_confirm(
            self._signer,
            grant_key=facts.grant_key,
            version_id=result.version_id if result else facts.version_id,
            expires_at=expires_at,
            form=b"" if form_id is None else mark_of(form_id),
            result=result.code if result else b"",
        )
        return f"{self._url}/c/{token}?lang={facts.language}"

    def _magnet_url(self, facts: LetterFacts, around: Surroundings) -> str:
        return f"{self._url}/m/{around.slugs[facts.version_id]}"

    def _my_url(self, row: MessageFacts, around: Surroundings) -> str:
        token = around.my_tokens.get(str(row.contact_id))
        return f"{self._url}/my/{token}" if token else ""


def _surroundings(rows: Iterable[MessageFacts], *, now: datetime) -> Surroundings | None:
    messages = list(rows)
    who = brand.brand_facts()
    if who is None:
        return None
    mailboxes = contacts.mailboxes({row.contact_id for row in messages if row.contact_id})
    promised = grants.letter_facts({pk for row in messages if (pk := grant_of(row.facts)) is not None})
    # Only who has shown that the mailbox is theirs gets a link to what we know of them.
    proven = [str(pk) for pk, mailbox in mailboxes.items() if mailbox.proven]
    return Surroundings(
        brand=who,
        mailboxes=mailboxes,
        grants=promised,
        results=_results(messages, promised),
        slugs=magnets.slugs({facts.version_id for facts in promised.values()}),
        reminders=activities.reminder_facts({pk for row in messages if (pk := activity_of(row.facts)) is not None}),
        my_tokens=stored_tokens.mint(proven, purpose=MY_PURPOSE, expires_at=now + MY_LINK_LASTS, now=now),
    )


def _results(messages: Iterable[MessageFacts], promised: Mapping[int, LetterFacts]) -> dict[UUID, Result]:
    """Key of a message → the result that it tells."""
    found: dict[UUID, Result] = {}
    for row in messages:
        grant_id = grant_of(row.facts)
        facts = promised.get(grant_id or 0)
        if grant_id is not None and facts is not None and facts.definition.asset is None:
            told = results({grant_id: facts}, forms={grant_id: form_of(row.facts)})
            found |= {row.key: told[grant_id]} if grant_id in told else {}
    return found


def _told(outcome: Outcome) -> tuple[str, ...]:
    """The short of a result. Figures never leave without the words on where they come from."""
    return outcome.title, outcome.text, outcome.basis


def _reply_to(row: MessageFacts) -> str:
    """An answer to what one of us wrote goes to whoever wrote it; the house's own letters are answered to the house."""
    words = personal_words(row.facts) if row.kind == PERSONAL else None
    return words.writer.email if words else ""


def grant_of(facts: Mapping[str, object]) -> int | None:
    """The grant that a message is about, as its facts name it."""
    found = facts.get("grant_id")
    return found if isinstance(found, int) else None


def activity_of(facts: Mapping[str, object]) -> int | None:
    """The activity that a message reminds of, as its facts name it."""
    found = facts.get("activity_id")
    return found if isinstance(found, int) else None


def _standing_grant(row: MessageFacts, around: Surroundings) -> LetterFacts | None:
    facts = around.grants.get(grant_of(row.facts) or 0)
    return facts if facts is not None and facts.state is not GrantState.UNDONE else None


def _language(row: MessageFacts, around: Surroundings) -> Language:
    return language_or(row.language, language_or(around.brand.language, Language.ENGLISH))
