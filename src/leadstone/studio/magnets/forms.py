"""The editor's form: a MagnetDefinition as a person writes it, and back.

Nothing here is required: what is missing is a gap, said by the rules, and never stops a draft from being kept.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType

from leadstone.domains.magnets.drafting import QUESTION_DAYS
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.domains.magnets.rules import askable
from leadstone.kernel.language import Language
from leadstone.studio.magnets import words
from leadstone.studio.magnets.availability_form import AvailabilityForm
from leadstone.studio.magnets.kind_forms import forms_of
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import (
    MARKETING,
    AskedField,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    IncentiveClass,
    MagnetDefinition,
    MailWords,
    NextStep,
    Purpose,
    SalesIntent,
    availability_of,
    mail_of,
    provenance_of,
    with_availability,
)

MOST_STEPS = 12
MOST_POINTS = 6
ASKS = "asks"  # in place of a purpose: whether they got what was promised


def _line(label: Any, *, most: int = 300, note: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=note)


def _lines(label: Any, *, note: Any = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2000, required=False, widget=area, help_text=note)


def _kinds() -> list[tuple[str, str]]:
    return [(key, words.kind_name(key)) for key in KINDS]


def _languages() -> list[tuple[str, str]]:
    return [(tag.value, get_language_info(tag.value)["name_local"].capitalize()) for tag in Language]


class GiveForm(StudioForm):
    """What is given, and what stands around it."""

    title = _line(_("Title"), most=200)
    promise = _lines(_("Promise"), note=_("One or two sentences: what will the reader know or be able to do?"))
    points = _lines(_("What is inside"), rows=4, note=_("One line each. The page shows the first six."))
    you_get = _lines(_("You get"), note=_("Exactly what arrives, as it stands in the exchange."))
    button = _line(_("Button"), most=60)
    proof = _lines(_("Where it comes from"), note=_("Own measurements, sources, the date. Reports and white papers must say it."))
    provenance = _lines(
        _("What is not your own"), note=_("Only if parts of it stand elsewhere: from where. The page says so under its contents.")
    )
    kind = forms.ChoiceField(label=_("What it is"), required=False, choices=_kinds)
    language = forms.ChoiceField(label=_("Language of the page"), required=False, choices=_languages)
    mail_subject = _line(_("Subject of the mail"), most=120, note=_("Empty: the title, and what the button does."))
    mail_preheader = _line(_("Beside the subject"), most=120, note=_("What a mail program shows of a mail that is still closed."))
    slug = _line(_("Address"), most=80, note=_("It is fixed once published."))
    incentive = forms.ChoiceField(
        label=_("Why would somebody want it?"),
        required=False,
        choices=[(key.value, words.INCENTIVE[key]) for key in IncentiveClass],
    )
    link_days = forms.IntegerField(label=_("Days that a link lasts"), required=False, min_value=0, max_value=9999)
    link_uses = forms.IntegerField(label=_("Downloads that a link allows"), required=False, min_value=0, max_value=9999)


class EndForm(StudioForm):
    """The rest of the contract: that we sell, that we rate, how to have it without marketing, and the end."""

    sells = _lines(_("What you sell"), note=_("It stands beside the button. People may know why this is free."))
    sales_intent = forms.ChoiceField(
        label=_("How plainly does the page say that you sell?"),
        required=False,
        choices=[(key.value, words.INTENT[key]) for key in SalesIntent],
    )
    scored = _lines(_("That answers are rated"))
    without_marketing = _lines(_("Without marketing"))
    without_email_url = _line(_("Without an e-mail address"), note=_("If it can be read somewhere for nothing: the web address."))
    retention_months = forms.IntegerField(label=_("Months until data is deleted"), required=False, min_value=0, max_value=9999)
    deletion = _lines(_("When it is deleted"))


class AskForm(StudioForm):
    """One field that the page may ask for."""

    asked = forms.ChoiceField(
        label=pgettext_lazy("a field of the form", "Asked"),
        required=False,
        choices=[("", _("not asked")), ("optional", _("if they like")), ("required", pgettext_lazy("a field", "needed"))],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("the reason, beside the field")}),
    )


class StepForm(StudioForm):
    """One thing that happens next; a marketing one with the words of its box. A row without words is no step."""

    channel = forms.ChoiceField(label=_("By"), required=False, choices=[(key.value, words.CHANNEL[key]) for key in Channel])
    purpose = forms.ChoiceField(
        label=pgettext_lazy("of a step", "As"),
        required=False,
        choices=[
            ("", _("part of the delivery")),
            (ASKS, _("one question after use")),
            *((key.value, words.PURPOSE[key]) for key in MARKETING),
        ],
    )
    days = forms.IntegerField(label=_("Days after the delivery"), required=False, min_value=1, max_value=90)
    text = _line(_("What happens, and how often"), most=400)
    box = _line(_("Words of the box, for marketing only"), most=400)

    @property
    def number(self) -> str:
        return str(self.prefix).removeprefix("step-")


class DraftForms:
    """The whole editor over one draft. With `data` it reads what was typed; what is not readable keeps its old value."""

    def __init__(
        self, draft: MagnetDefinition, *, slug: str, data: Mapping[str, Any] | None = None, blank_steps: int = 1
    ) -> None:
        self._draft = draft
        contract = draft.contract
        self.give = GiveForm(data, initial={**msgspec.structs.asdict(draft), **_given(draft), "slug": slug})
        self.end = EndForm(data, initial={**msgspec.structs.asdict(contract), "sales_intent": draft.sales_intent.value})
        # Nobody stands in line for a time: it would have passed before their turn.
        limits = msgspec.structs.asdict(availability_of(draft))
        self.offer = AvailabilityForm(data, prefix="offer", initial=limits, line=not begins_with_a_time(draft))
        asked = {ask.key: ask for ask in contract.asks}
        self.asks = {key: AskForm(data, prefix=f"ask-{key}", initial=_asked(asked.get(key))) for key in askable(draft)}
        # The address is where the file goes: only its reason may be changed.
        self.asks[FieldKey.EMAIL].fields["asked"].disabled = True
        rows = _rows(contract)
        count = _posted_rows(data) if data is not None else len(rows) + blank_steps
        self.steps = [
            StepForm(data, prefix=f"step-{n}", initial=rows[n] if n < len(rows) else {}) for n in range(min(count, MOST_STEPS))
        ]
        kind = KINDS.get(draft.kind)
        self._consent = kind.consent if kind else None
        own = forms_of(draft.kind)
        self.own = own(draft.settings, data=data, blank=blank_steps > 0) if own else None
        if kind:
            # What is asked and given stays: a quiz becomes no guide by choosing another word.
            alike = [key for key in KINDS if KINDS[key].steps == kind.steps]
            self.give.fields["kind"].choices = [(key, words.kind_name(key)) for key in alike]  # type: ignore[attr-defined]
        for form in self._all():
            form.is_valid()

    def _all(self) -> list[StudioForm]:
        return [self.give, self.end, self.offer, *self.asks.values(), *self.steps, *(self.own.all() if self.own else ())]

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self._all())

    @property
    def slug(self) -> str:
        return str(_value(self.give, "slug")).strip().lower()

    def definition(self) -> MagnetDefinition:
        """The draft as it reads now; the file is left as it is."""
        give, end = self.give, self.end
        return msgspec.structs.replace(
            with_availability(self._draft, self.offer.availability(availability_of(self._draft))),
            **{name: _value(give, name) for name in ("title", "promise", "proof", "button")},
            **{name: _value(give, name) or getattr(self._draft, name) for name in ("kind", "language")},
            provenance=_value(give, "provenance").strip() or msgspec.UNSET,
            mail=self._mail(),
            points=tuple(line.strip(" \t-•*") for line in _value(give, "points").splitlines() if line.strip(" \t-•*"))[
                :MOST_POINTS
            ],
            incentive=IncentiveClass(_value(give, "incentive") or self._draft.incentive),
            sales_intent=SalesIntent(_value(end, "sales_intent") or self._draft.sales_intent),
            settings=self.own.settings() if self.own else self._draft.settings,
            link_days=_value(give, "link_days") or 0,
            link_uses=_value(give, "link_uses") or 0,
            contract=Contract(
                you_get=_value(give, "you_get"),
                asks=self._asks(),
                next_steps=tuple(step for _row, step, _offer in self._marked_steps()),
                sells=_value(end, "sells"),
                scored=_value(end, "scored"),
                without_marketing=_value(end, "without_marketing"),
                without_email_url=_value(end, "without_email_url"),
                retention_months=_value(end, "retention_months") or 0,
                deletion=self._deletion(),
                consents=tuple(offer for _row, _step, offer in self._marked_steps() if offer),
            ),
        )

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means: rows are counted as they stand there, blank ones included."""
        group, _, number = where.partition(".")
        if self.own and group in self.own.groups:
            return self.own.slot(where)
        if group == "steps":
            return f"step-{[row for row, _s, _o in self._marked_steps()][int(number)]}"
        if group == "consents":
            return f"step-{[row for row, _s, offer in self._marked_steps() if offer][int(number)]}"
        return where.replace(".", "-")

    def _mail(self) -> MailWords | UnsetType:
        # A line break in a subject would be another header.
        subject, preheader = (" ".join(str(_value(self.give, name)).split()) for name in ("mail_subject", "mail_preheader"))
        return MailWords(subject=subject, preheader=preheader) if subject or preheader else UNSET

    def _asks(self) -> tuple[AskedField, ...]:
        found = []
        for key, form in self.asks.items():
            asked = "required" if key is FieldKey.EMAIL else _value(form, "asked")
            if asked:
                found.append(AskedField(key=key, reason=_value(form, "reason"), required=asked == "required"))
        return tuple(found)

    def _marked_steps(self) -> list[tuple[int, NextStep, ConsentOffer | None]]:
        found = []
        for row, form in enumerate(self.steps):
            asks = _value(form, "purpose") == ASKS
            channel = Channel(_value(form, "channel") or Channel.EMAIL)
            purpose = Purpose(_value(form, "purpose")) if _value(form, "purpose") and not asks else None
            text, box = _value(form, "text"), _value(form, "box") if purpose else ""
            if not text and not box:
                continue
            offer = None
            if purpose and box:
                by_button = (purpose, channel) == self._consent
                offer = ConsentOffer(key=f"{purpose}-{channel}", purpose=purpose, channel=channel, text=box, by_button=by_button)
            days = (_value(form, "days") or QUESTION_DAYS) if asks else 0
            # The question goes by mail: it is a link.
            step = NextStep(channel=Channel.EMAIL if asks else channel, text=text, purpose=purpose, asks_after_days=days)
            found.append((row, step, offer))
        return found

    def _deletion(self) -> str:
        """The sentence; where only the number of months was changed, the number inside the sentence follows."""
        before, sentence, months = self._draft.contract, str(_value(self.end, "deletion")), _value(self.end, "retention_months")
        if sentence == before.deletion and months and months != before.retention_months:
            return sentence.replace(str(before.retention_months), str(months), 1)
        return sentence


def _given(draft: MagnetDefinition) -> dict[str, Any]:
    mail = mail_of(draft)
    said = {"provenance": provenance_of(draft), "mail_subject": mail.subject, "mail_preheader": mail.preheader}
    return said | {"points": "\n".join(draft.points), "you_get": draft.contract.you_get, "incentive": draft.incentive.value}


def _asked(ask: AskedField | None) -> dict[str, Any]:
    if ask is None:
        return {"asked": "", "reason": ""}
    return {"asked": "required" if ask.required else "optional", "reason": ask.reason}


def _rows(contract: Contract) -> list[dict[str, Any]]:
    boxes = {(offer.purpose, offer.channel): offer.text for offer in contract.consents}
    rows: list[dict[str, Any]] = []
    for step in contract.next_steps:
        box = boxes.pop((step.purpose, step.channel), "") if step.purpose else ""
        purpose = ASKS if step.asks_after_days else step.purpose or ""
        days = step.asks_after_days or None
        rows.append({"channel": step.channel.value, "purpose": purpose, "text": step.text, "box": box, "days": days})
    for (purpose, channel), text in boxes.items():
        rows.append({"channel": channel.value, "purpose": purpose.value, "text": "", "box": text})
    return rows


def _posted_rows(data: Mapping[str, Any]) -> int:
    return sum(f"step-{n}-text" in data for n in range(MOST_STEPS))


def _value(form: StudioForm, name: str) -> Any:
    """What was typed and is readable, else what stood there before."""
    if form.is_bound and name in form.cleaned_data:
        return form.cleaned_data[name]
    initial = form.initial.get(name)
    return "" if initial is None else initial
