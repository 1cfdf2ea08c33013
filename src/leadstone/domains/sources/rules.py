"""The vocabulary of channels, and how a visit names its own."""

from collections.abc import Mapping
from enum import StrEnum

from leadstone.wire.records import Origin


class ChannelType(StrEnum):
    """Where people come from. Each value is stored and never renamed."""

    ADVERTISING = "advertising"
    TRADE_FAIR = "trade_fair"
    DIRECT_MAIL = "direct_mail"
    THIRD_PARTY = "third_party"
    PERSONAL_NETWORKING = "personal_networking"
    NETWORKING_EVENT = "networking_event"
    CHAMBER_OF_COMMERCE = "chamber_of_commerce"
    LOCAL_MEDIA = "local_media"
    CHARITY = "charity"
    OUTBOUND_CALL = "outbound_call"
    EMAIL = "email"
    FACEBOOK = "facebook"
    X = "x"
    PINTEREST = "pinterest"
    INSTAGRAM = "instagram"
    LINKEDIN = "linkedin"
    OTHER_SOCIAL = "other_social"
    EBOOK = "ebook"
    WEBINAR = "webinar"
    PODCAST = "podcast"
    QUESTIONS = "questions"  # published questions and answers
    SEARCH = "search"
    REFERRAL = "referral"  # somebody who knows us sent them
    WALK_IN = "walk_in"  # came through the door
    WEBSITE = "website"  # a link on somebody's page
    DIRECT = "direct"  # nothing says where from


# A member of staff meets people here; a form is never sent from there without its own link.
MET_IN_PERSON = frozenset(
    {
        ChannelType.TRADE_FAIR,
        ChannelType.PERSONAL_NETWORKING,
        ChannelType.NETWORKING_EVENT,
        ChannelType.CHAMBER_OF_COMMERCE,
        ChannelType.CHARITY,
        ChannelType.OUTBOUND_CALL,
        ChannelType.REFERRAL,
        ChannelType.WALK_IN,
    }
)

_PAID = frozenset({"cpc", "ppc", "cpm", "paid", "paidsearch", "paid_social", "paidsocial", "display", "banner", "ads", "ad"})
_MEDIUMS: Mapping[str, ChannelType] = {
    "email": ChannelType.EMAIL,
    "e-mail": ChannelType.EMAIL,
    "newsletter": ChannelType.EMAIL,
    "letter": ChannelType.DIRECT_MAIL,
    "print": ChannelType.LOCAL_MEDIA,
    "press": ChannelType.LOCAL_MEDIA,
    "radio": ChannelType.LOCAL_MEDIA,
    "fair": ChannelType.TRADE_FAIR,
    "partner": ChannelType.THIRD_PARTY,
    "affiliate": ChannelType.THIRD_PARTY,
    "referral": ChannelType.REFERRAL,
    "call": ChannelType.OUTBOUND_CALL,
    "organic": ChannelType.SEARCH,
    "social": ChannelType.OTHER_SOCIAL,
    "qa": ChannelType.QUESTIONS,
}
_SITES: Mapping[str, ChannelType] = {
    "facebook": ChannelType.FACEBOOK,
    "fb": ChannelType.FACEBOOK,
    "x": ChannelType.X,
    "twitter": ChannelType.X,
    "t.co": ChannelType.X,
    "pinterest": ChannelType.PINTEREST,
    "pin": ChannelType.PINTEREST,
    "instagram": ChannelType.INSTAGRAM,
    "ig": ChannelType.INSTAGRAM,
    "linkedin": ChannelType.LINKEDIN,
    "lnkd": ChannelType.LINKEDIN,
    "youtube": ChannelType.OTHER_SOCIAL,
    "tiktok": ChannelType.OTHER_SOCIAL,
    "reddit": ChannelType.OTHER_SOCIAL,
    "wykop": ChannelType.OTHER_SOCIAL,
    "google": ChannelType.SEARCH,
    "bing": ChannelType.SEARCH,
    "duckduckgo": ChannelType.SEARCH,
    "ecosia": ChannelType.SEARCH,
    "yahoo": ChannelType.SEARCH,
    "quora": ChannelType.QUESTIONS,
    "stackexchange": ChannelType.QUESTIONS,
}


def channel_of(origin: Origin) -> ChannelType:
    """The channel that a visit names: by what was paid for, then by medium, then by source, then by the page it came from."""
    medium, source = origin.medium.strip().lower(), origin.source.strip().lower()
    if medium in _PAID:
        return ChannelType.ADVERTISING
    by_site = _site(source)
    if medium in _MEDIUMS:
        named = _MEDIUMS[medium]
        return by_site if named is ChannelType.OTHER_SOCIAL and by_site in _SOCIAL else named
    for word in (medium, source):
        if word.replace("-", "_") in set(ChannelType):
            return ChannelType(word.replace("-", "_"))
    if by_site is not None:
        return by_site
    if origin.referrer_host:
        return _site(origin.referrer_host.lower()) or ChannelType.WEBSITE
    return ChannelType.WEBSITE if source else ChannelType.DIRECT


def knows_source(word: str) -> bool:
    """Whether a word of `utm_source` says by itself which channel it is."""
    name = word.strip().lower()
    return name.replace("-", "_") in set(ChannelType) or _site(name) is not None


def knows_medium(word: str) -> bool:
    """Whether a word of `utm_medium` says by itself which channel it is."""
    name = word.strip().lower()
    return name in _PAID or name in _MEDIUMS or name.replace("-", "_") in set(ChannelType)


_SOCIAL = frozenset(
    {
        ChannelType.FACEBOOK,
        ChannelType.X,
        ChannelType.PINTEREST,
        ChannelType.INSTAGRAM,
        ChannelType.LINKEDIN,
        ChannelType.OTHER_SOCIAL,
    }
)


def _site(name: str) -> ChannelType | None:
    """By a whole name, or by a label of a host name: "facebook", "l.facebook.com", "www.google.pl"."""
    if name in _SITES:
        return _SITES[name]
    labels = name.split(".")
    # The last label is the top-level domain: "fb.ig" would be no Instagram.
    return next((_SITES[label] for label in reversed(labels[:-1]) if len(label) > 1 and label in _SITES), None) or (
        ChannelType.X if labels[-2:] == ["x", "com"] else None
    )
