"""The editor of what gives codes: what one is worth, under which rules, and prices with the lowest of 30 days beside them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.code_gaps import MOST_CUTS, MOST_USES
from leadstone.kernel.money import Currency, read_amount
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.code_terms import Benefit, CodeTerms, PriceCut, Supply


class MoneyField(forms.CharField):
    """An amount as people type it; what it is kept as are minor units."""

    def __init__(self, *, label: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label=label, required=False, max_length=40, widget=forms.TextInput(attrs=attrs))

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        if not typed:
            return 0
        amount = read_amount(typed)
        if amount is None:
            raise forms.ValidationError(_("This is not an amount. Write it like 18 400 or 18 400,50."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day of the calendar."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class BenefitForm(StudioForm):
    """What a code gives."""

    benefit = forms.ChoiceField(
        label=_("What a code gives"),
        required=False,
        choices=[
            (Benefit.PERCENT.value, _("a part of the price")),
            (Benefit.AMOUNT.value, _("an amount off the price")),
            (Benefit.SHIPPING.value, _("free shipping")),
        ],
    )
    percent = forms.IntegerField(label=_("Percent off"), required=False, min_value=0, max_value=100)
    amount_minor = MoneyField(label=_("Amount off"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[(each.value, each.value) for each in Currency])
    applies_to = forms.CharField(
        label=_("What it applies to"),
        required=False,
        max_length=300,
        help_text=_("In plain words, with what is left out: “everything in the shop, except gift cards”."),
    )


class RulesForm(StudioForm):
    """When, how often, for which orders, and where the codes come from."""

    valid_from = DayField(label=_("First day"))
    valid_until = DayField(label=_("Last day"))
    minimum_minor = MoneyField(label=_("Smallest order"))
    uses = forms.IntegerField(
        label=_("For how many orders"), required=False, min_value=0, max_value=MOST_USES, help_text=_("0: as often as they like.")
    )
    zone = forms.CharField(label=_("Days begin and end by the clock of"), required=False, max_length=60)
    supply = forms.ChoiceField(
        label=_("Where the codes come from"),
        required=False,
        choices=[
            (Supply.MADE.value, _("one is made for whoever asks")),
            (Supply.LISTED.value, _("from a list that I fill, and that ends")),
        ],
    )


class CutForm(StudioForm):
    """One lower price."""

    product = forms.CharField(label=_("Product"), required=False, max_length=200)
    before_minor = MoneyField(label=_("Price before"))
    now_minor = MoneyField(label=_("Price now"))
    lowest_minor = MoneyField(label=_("Lowest price of the 30 days before the cut"))


class CodeForms:
    """The settings of a magnet that gives codes, over one draft. With `data` it reads what was typed."""

    template = "codes/_kind.html"
    aside = ""
    groups = frozenset({"benefit", "rules", "cuts"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        before = msgspec.convert(settings, CodeTerms)
        self._before = before
        given = msgspec.structs.asdict(before)
        self.benefit = BenefitForm(data, prefix="code", initial=given)
        self.rules = RulesForm(data, prefix="code", initial=given)
        rows = _posted(data) if data is not None else len(before.cuts) + blank
        cuts = [msgspec.structs.asdict(cut) for cut in before.cuts]
        self.cuts = [
            CutForm(data, prefix=f"cut-{n}", initial=cuts[n] if n < len(cuts) else {}) for n in range(min(rows, MOST_CUTS))
        ]
        for form in self.all():
            form.is_valid()

    def all(self) -> list[StudioForm]:
        return [self.benefit, self.rules, *self.cuts]

    def settings(self) -> dict[str, Any]:
        """What the rows say, as a definition keeps it. A row whose words are all emptied is no row."""
        said = _said(self.benefit) | _said(self.rules)
        made = CodeTerms(
            benefit=Benefit(said["benefit"] or self._before.benefit),
            percent=said["percent"] or 0,
            amount_minor=said["amount_minor"] or 0,
            currency=Currency(said["currency"] or self._before.currency),
            applies_to=said["applies_to"] or "",
            minimum_minor=said["minimum_minor"] or 0,
            uses=1 if said["uses"] is None else said["uses"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            zone=said["zone"] or self._before.zone,
            supply=Supply(said["supply"] or self._before.supply),
            cuts=tuple(PriceCut(**row) for _place, row in self._filled()),
        )
        found: dict[str, Any] = msgspec.to_builtins(made)
        return found

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""
        group, _dot, number = where.partition(".")
        return f"cut-{self._filled()[int(number)][0]}" if number else group

    def slots(self) -> list[str]:
        return ["benefit", "rules", "cuts", *(f"cut-{number}" for number in range(len(self.cuts)))]

    def tried(self, settings: Mapping[str, Any]) -> None:
        """There is nothing to try."""

    def _filled(self) -> list[tuple[int, dict[str, Any]]]:
        """Place and words of each row that says something."""
        rows = [(place, _row(form)) for place, form in enumerate(self.cuts)]
        return [(place, row) for place, row in rows if any(row.values())]


def written(minor: int) -> str:
    """An amount as it is typed; nothing for none."""
    if not minor:
        return ""
    return f"{minor // 100}" if minor % 100 == 0 else f"{minor / 100:.2f}"


def _row(form: CutForm) -> dict[str, Any]:
    said = _said(form)
    prices = {name: said.get(name) or 0 for name in ("before_minor", "now_minor", "lowest_minor")}
    return {"product": said.get("product") or "", **prices}


def _said(form: StudioForm) -> dict[str, Any]:
    """What was typed and is readable, else what stood there before."""
    return {**dict.fromkeys(form.fields), **form.initial, **(form.cleaned_data if form.is_bound else {})}


def _posted(data: Mapping[str, Any]) -> int:
    return sum(f"cut-{n}-product" in data for n in range(MOST_CUTS))
