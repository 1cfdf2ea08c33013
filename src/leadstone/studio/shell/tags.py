"""Template tags that every page has at hand."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadstone.studio.words import moments, numbers

register = template.Library()


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A time as people say it ("today, 8:52"), with the exact one on hover and for machines."""
    if at is None:
        return ""
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), moments.exact(at), moments.spoken(at))


@register.filter
def exact(at: datetime | None) -> SafeString | str:
    """A time that somebody has to reckon with: day, month, year and minute."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moments.exact(at)) if at else ""


@register.filter
def day(at: datetime | None) -> str:
    return moments.day(at) if at else ""


@register.filter
def count(value: int | None) -> str:
    """A whole number grouped as the reader's language groups it."""
    return numbers.whole(value) if value is not None else ""


@register.filter
def share(value: float | None) -> str:
    return numbers.percent(value) if value is not None else ""


@register.filter
def money(minor: int | None, currency: str) -> str:
    return numbers.money(minor, currency) if minor is not None else ""


@register.filter
def about(minor: int | None, currency: str) -> str:
    """An amount that was divided or averaged, in whole units: its cents would promise too much."""
    return numbers.money(round(minor, -2), currency) if minor is not None else ""


@register.filter
def megabytes(size: int) -> str:
    return numbers.size(size)


@register.filter
def step(value: float) -> int:
    """A factor from 0 to 1 as one of five steps; even a poor one shows a step."""
    return max(1, min(5, round(value * 5)))


@register.filter
def entry(mapping: Mapping[str, object], key: str) -> object:
    return mapping.get(key)


@register.inclusion_tag("studio/parts/meter.html")
def meter(value: float) -> dict[str, object]:
    return {"step": step(value)}


@register.simple_tag(takes_context=True)
def address_with(context: template.RequestContext, **changes: object) -> str:
    """This page's address with some of its parameters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else context["request"].path
