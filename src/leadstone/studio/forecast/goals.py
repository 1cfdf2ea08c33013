"""What the coming months should bring: one amount a month, typed by whoever runs the company."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.pipeline.queries import forecast as queries
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.domains.pipeline.services.goals import set_goal
from leadstone.kernel.money import Currency, read_amount
from leadstone.kernel.periods import months_from, quarter_of
from leadstone.studio.forecast.filters import address, read_filter
from leadstone.studio.forecast.scope import Way
from leadstone.studio.forecast.words import month, typed
from leadstone.studio.shell.gate import needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One month of the form. `amount`: None where nothing, or nothing that could be read, was typed."""

    name: str
    words: str
    first: date
    text: str
    amount: int | None
    error: str | Promise = ""


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_COMPANY)
def goals(request: HttpRequest) -> HttpResponse:
    """Goals of this quarter and of the months of the forecast, in one currency; an empty field is no goal."""
    currency = read_filter(request.GET).currency or queries.FIRST_CURRENCY
    now, here = timezone.localtime(), address("goals", DealFilter(currency=currency))
    known = queries.goals_of(currency, now=now)
    fields = [_field(day, known=known, posted=request.POST if request.method == "POST" else None) for day in _months(now.date())]
    wrong = any(field.error for field in fields)
    if request.method == "POST" and not wrong:
        for field in fields:
            set_goal(month=field.first, currency=currency, amount_minor=field.amount)
        messages.success(request, _("The goals are kept."))
        return redirect(address("forecast", DealFilter(currency=currency)))
    facts = {
        "fields": fields,
        "currency": currency.value,
        "here": here,
        "wrong": wrong,
        "forecast_url": address("forecast", DealFilter(currency=currency)),
        "currencies": [
            Way(words=one.value, url=address("goals", DealFilter(currency=one)), is_current=one is currency) for one in Currency
        ],
    }
    return render(request, "forecast/goals.html", facts, status=422 if wrong else 200)


def _months(today: date) -> list[date]:
    """From the first month of the quarter to the last one of the forecast."""
    months = [*months_from(quarter_of(today).first or today, count=3), *months_from(today, count=6)]
    return sorted({each.first for each in months if each.first})


def _field(day: date, *, known: Mapping[date, int], posted: Mapping[str, str] | None) -> Field:
    name = f"goal-{day:%Y-%m}"
    if posted is None:
        amount = known.get(day)
        return Field(name=name, words=month(day), first=day, text="" if amount is None else typed(amount), amount=amount)
    text = posted.get(name, "").strip()
    amount = read_amount(text) if text else None
    wrong = bool(text) and not amount
    error = _("Write an amount, like 120 000, or leave the field empty.") if wrong else ""
    return Field(name=name, words=month(day), first=day, text=text, amount=amount, error=error)
