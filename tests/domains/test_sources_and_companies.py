"""Where a visit came from, and whose mail domain it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.companies.models import Company
from leadstone.domains.companies.rules import company_domain
from leadstone.domains.contacts.models import Contact
from leadstone.domains.sources.rules import ChannelType, channel_of
from leadstone.wire.records import Origin
from tests.cast import Guide, ask


@pytest.mark.parametrize(
    ("origin", "channel"),
    [
        (Origin(), ChannelType.DIRECT),
        (Origin(source="google", medium="cpc"), ChannelType.ADVERTISING),
        (Origin(source="facebook", medium="paid_social"), ChannelType.ADVERTISING),
        (Origin(source="facebook", medium="social"), ChannelType.FACEBOOK),
        (Origin(source="Facebook"), ChannelType.FACEBOOK),
        (Origin(source="twitter"), ChannelType.X),
        (Origin(source="linkedin", medium="social"), ChannelType.LINKEDIN),
        (Origin(source="newsletter", medium="email"), ChannelType.EMAIL),
        (Origin(source="october", medium="e-mail"), ChannelType.EMAIL),
        (Origin(source="trade-fair"), ChannelType.TRADE_FAIR),
        (Origin(source="targi", medium="fair"), ChannelType.TRADE_FAIR),
        (Origin(source="letter-7", medium="letter"), ChannelType.DIRECT_MAIL),
        (Origin(source="gazeta", medium="press"), ChannelType.LOCAL_MEDIA),
        (Origin(medium="webinar"), ChannelType.WEBINAR),
        (Origin(medium="podcast"), ChannelType.PODCAST),
        (Origin(referrer_host="l.facebook.com"), ChannelType.FACEBOOK),
        (Origin(referrer_host="www.google.pl"), ChannelType.SEARCH),
        (Origin(referrer_host="t.co"), ChannelType.X),
        (Origin(referrer_host="x.com"), ChannelType.X),
        (Origin(referrer_host="pl.pinterest.com"), ChannelType.PINTEREST),
        (Origin(referrer_host="www.instagram.com"), ChannelType.INSTAGRAM),
        (Origin(referrer_host="budujemydom.example"), ChannelType.WEBSITE),
        (Origin(source="partner-blog"), ChannelType.WEBSITE),
        (Origin(referrer_host="example.ig"), ChannelType.WEBSITE),
    ],
)
def test_a_visit_names_its_channel(origin: Origin, channel: ChannelType) -> None:
    assert channel_of(origin) is channel


@given(st.builds(Origin, source=st.text(max_size=20), medium=st.text(max_size=20), referrer_host=st.text(max_size=20)))
def test_every_visit_has_a_channel_that_fits_its_column(origin: Origin) -> None:
    assert len(channel_of(origin).value) <= 24


def test_the_sources_of_the_mission_all_have_a_channel() -> None:
    named = (
        "advertising trade_fair direct_mail third_party personal_networking networking_event chamber_of_commerce local_media"
        " charity outbound_call email facebook x pinterest instagram ebook webinar podcast questions"
    )
    assert set(named.split()) <= set(ChannelType)


@pytest.mark.parametrize(
    ("mail_domain", "owner"),
    [
        ("zaklad.com.pl", "zaklad.com.pl"),
        ("sales.eu.zaklad.com.pl", "zaklad.com.pl"),
        ("example.co.uk", "example.co.uk"),
        ("gmail.com", None),
        ("wp.pl", None),
        ("mailinator.com", None),
        ("com.pl", None),
        ("pl", None),
    ],
)
def test_a_mail_domain_belongs_to_its_registrant_or_to_nobody(mail_domain: str, owner: str | None) -> None:
    assert company_domain(mail_domain) == owner


@pytest.mark.django_db
def test_colleagues_meet_in_one_company_named_as_the_first_wrote_it(guide: Guide) -> None:
    ask(guide, "ann@biuro.zaklad.com.pl", company="Zakład Ciepła")
    ask(guide, "bob@zaklad.com.pl", company="Mallory Inc.")
    assert Company.objects.get().name == "Zakład Ciepła"
    assert Contact.objects.filter(company__domain="zaklad.com.pl").count() == 2


@pytest.mark.django_db
def test_a_free_mail_address_makes_no_company_whatever_is_claimed(guide: Guide) -> None:
    ask(guide, "ann@gmail.com", company="Zakład Ciepła")
    assert Company.objects.count() == 0
