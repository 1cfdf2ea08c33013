"""Where visits are placed: by link, by campaign, by what a word was said to mean; and the visits of before with them."""

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.campaigns.rules.placing import Meaning, Placed
from leadstone.domains.campaigns.services.spellings import MeansNothing, say_spelling
from leadstone.domains.leads.models import Lead
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import LinkUses, PageViews, Touch
from leadstone.domains.tracking.queries import figures_of_links
from leadstone.flows import words_said
from leadstone.flows.journal_drained import drain
from leadstone.flows.origins import place
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox import services as outbox
from leadstone.wire.link_codes import spelled
from leadstone.wire.records import LinkCount, LinksFollowed, Origin, PagesViewed, ViewCount
from tests.campaigns.cast import campaign, link_to
from tests.cast import MONDAY, Guide, Visitor, form, published, receive, visitor
from tests.flows.test_the_journal_is_drained import AT, FakeJournal

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Guide:
    return published()


@pytest.fixture
def dora_id(dora: User) -> int:
    return dora.pk


def test_a_link_counts_for_more_than_words_and_a_key_for_more_than_a_spelling(guide: Guide, dora_id: int) -> None:
    fair, radio = campaign("budma"), campaign("radio", channel=ChannelType.LOCAL_MEDIA)
    way = link_to(guide, fair)
    say_spelling(Meaning(ChannelType.PODCAST, None), field=SpelledField.SOURCE, word="Audycja", by=dora_id, now=MONDAY)
    say_spelling(Meaning(None, radio), field=SpelledField.MEDIUM, word="fale", by=dora_id, now=MONDAY)

    assert place(
        [
            Origin(link=spelled(way.code).lower(), campaign="radio"),
            Origin(campaign="Radio", source="audycja"),
            Origin(source=" AUDYCJA "),
            Origin(medium="fale"),
            Origin(medium="fale", source="audycja"),
            Origin(link="ZZZZZZ", source="facebook"),
            Origin(),
        ]
    ) == [
        Placed(ChannelType.TRADE_FAIR, fair, way.link_id),
        Placed(ChannelType.LOCAL_MEDIA, radio),
        Placed(ChannelType.PODCAST),
        Placed(ChannelType.LOCAL_MEDIA, radio),
        Placed(ChannelType.PODCAST, radio),
        Placed(ChannelType.FACEBOOK),
        Placed(ChannelType.DIRECT),
    ]


def test_places_take_three_queries_however_many_there_are(guide: Guide, django_assert_max_num_queries: object) -> None:
    way = link_to(guide, campaign("budma"))
    origins = [Origin(link=way.code), *(Origin(source=f"s{n}", medium=f"m{n}", campaign=f"c{n}") for n in range(200))]

    with django_assert_max_num_queries(3):  # type: ignore[operator]  # the fixture is a context manager
        place(origins)
    with django_assert_max_num_queries(0):  # type: ignore[operator]
        place([Origin()] * 50)


def test_a_form_that_came_by_a_link_makes_a_lead_of_its_campaign(guide: Guide) -> None:
    fair = campaign("budma")
    way = link_to(guide, fair)

    ann = came(guide, "ann@example.com", origin=Origin(link=way.code))

    lead = Lead.objects.get(pk=ann.lead_id)
    touch = Touch.objects.get(contact_id=ann.contact_id)
    assert (lead.campaign_id, lead.channel) == (fair, "trade_fair")
    assert (touch.campaign_id, touch.link_id, touch.channel) == (fair, way.link_id, "trade_fair")


def test_views_and_uses_of_links_are_added_up_by_link_and_campaign(guide: Guide) -> None:
    fair = campaign("budma")
    way = link_to(guide, fair)
    views = PagesViewed(
        at=AT,
        counts=(
            ViewCount(version_id=guide.version_id, source="", medium="", people=3, machines=1, link=way.code),
            ViewCount(version_id=guide.version_id, source="s", medium="", people=2, machines=0, campaign="BUDMA"),
            ViewCount(version_id=guide.version_id, source="s", medium="", people=2, machines=0),
        ),
    )
    uses = LinksFollowed(
        at=AT,
        counts=(
            LinkCount(code=way.code, way="q", people=4, machines=2),
            LinkCount(code=way.code, way="t", people=-9, machines=1),
            LinkCount(code=way.code, way="x", people=9, machines=9),
            LinkCount(code="NOBODY", way="q", people=9, machines=9),
        ),
    )

    drain(FakeJournal([views, uses], [uses]), now=MONDAY, limit=10)

    rows = set(PageViews.objects.values_list("channel", "campaign_id", "link_id", "people", "machines"))
    assert rows == {("trade_fair", fair, way.link_id, 3, 1), ("trade_fair", fair, 0, 2, 0), ("website", 0, 0, 2, 0)}
    assert LinkUses.objects.count() == 2
    figures = figures_of_links([way.link_id])[way.link_id]
    assert (figures.scanned, figures.opened, figures.machines, figures.views) == (8, 0, 6, 3)


def test_a_word_is_said_once_and_the_visits_of_before_stand_where_it_says(guide: Guide, dora_id: int) -> None:
    fair = campaign("budma")
    ann = came(guide, "ann@example.com", origin=Origin(source="Stoisko Hala 5"))
    bob = came(guide, "bob@example.com", origin=Origin(source="facebook"))
    drain(FakeJournal([seen(guide, "stoisko hala 5", 5), seen(guide, "facebook", 2)]), now=MONDAY, limit=10)

    wild = words_said.wild_words(since=MONDAY)
    assert [(each.field, each.word, each.views, each.forms) for each in wild] == [(SpelledField.SOURCE, "stoisko hala 5", 5, 1)]
    assert wild[0].written == ["stoisko hala 5", "Stoisko Hala 5"]

    said, changed = words_said.say(Meaning(None, fair), field=SpelledField.SOURCE, word="STOISKO  hala 5", by=dora_id, now=MONDAY)

    assert (changed.forms, changed.views) == (1, 5)
    assert words_said.wild_words(since=MONDAY) == []
    assert placed(ann.lead_id) == ("trade_fair", fair)
    assert placed(bob.lead_id) == ("facebook", None)
    assert set(PageViews.objects.values_list("source", "campaign_id", "people")) == {
        ("stoisko hala 5", fair, 5),
        ("facebook", 0, 2),
    }
    cleo = came(guide, "cleo@example.com", origin=Origin(source="stoisko hala 5"))
    assert placed(cleo.lead_id) == ("trade_fair", fair)

    undone = words_said.unsay(said)

    assert undone is not None
    assert undone.forms == 2
    assert placed(ann.lead_id) == placed(cleo.lead_id) == ("website", None)
    assert set(PageViews.objects.values_list("source", "campaign_id", "people")) == {("stoisko hala 5", 0, 5), ("facebook", 0, 2)}
    assert words_said.unsay(said) is None


def test_those_who_began_the_questions_move_with_those_who_saw_the_page(guide: Guide, dora_id: int) -> None:
    fair = campaign("budma")
    count = ViewCount(version_id=guide.version_id, source="wild", medium="", people=5, machines=1, begun=2)
    drain(FakeJournal([PagesViewed(at=AT, counts=(count,))]), now=MONDAY, limit=10)

    _said, changed = words_said.say(Meaning(None, fair), field=SpelledField.SOURCE, word="wild", by=dora_id, now=MONDAY)

    assert changed.views == 5
    assert set(PageViews.objects.values_list("step", "campaign_id", "people", "machines")) == {
        ("view", fair, 5, 1),
        ("start", fair, 2, 0),
    }


def test_what_came_by_a_link_is_moved_by_no_word(guide: Guide, dora_id: int) -> None:
    fair, radio = campaign("budma"), campaign("radio", channel=ChannelType.LOCAL_MEDIA)
    way = link_to(guide, fair)
    ann = came(guide, "ann@example.com", origin=Origin(link=way.code, source="wild"))
    count = ViewCount(version_id=guide.version_id, source="wild", medium="", people=3, machines=0, link=way.code)
    drain(FakeJournal([PagesViewed(at=AT, counts=(count,))]), now=MONDAY, limit=10)

    words_said.say(Meaning(None, radio), field=SpelledField.SOURCE, word="wild", by=dora_id, now=MONDAY)

    assert placed(ann.lead_id) == ("trade_fair", fair)
    assert list(PageViews.objects.values_list("campaign_id", "link_id", "people")) == [(fair, way.link_id, 3)]


def test_totals_that_become_the_same_are_one_and_lose_nobody(guide: Guide, dora_id: int) -> None:
    fair = campaign("budma")
    drain(FakeJournal([seen(guide, "wild", 5)]), now=MONDAY, limit=10)
    PageViews.objects.create(
        version_id=guide.version_id,
        day=PageViews.objects.get().day,
        channel="trade_fair",
        source="wild",
        campaign_id=fair,
        people=7,
    )

    words_said.say(Meaning(None, fair), field=SpelledField.SOURCE, word="wild", by=dora_id, now=MONDAY)

    assert list(PageViews.objects.values_list("campaign_id", "people")) == [(fair, 12)]


def test_a_campaign_that_is_entered_late_gets_the_visits_that_named_it(guide: Guide) -> None:
    ann = came(guide, "ann@example.com", origin=Origin(campaign="Wiosna-2026", medium="cpc"))
    assert placed(ann.lead_id) == ("advertising", None)

    spring = campaign("wiosna-2026", channel=ChannelType.LINKEDIN)
    while outbox.react(REACTIONS, now=MONDAY):
        pass

    assert placed(ann.lead_id) == ("linkedin", spring)


def test_a_page_that_somebody_came_from_is_no_wild_word(guide: Guide) -> None:
    came(guide, "ann@example.com", origin=Origin(referrer_host="blog.example"))
    came(guide, "bob@example.com", origin=Origin(source="maj"))

    assert [each.word for each in words_said.wild_words(since=MONDAY)] == ["maj"]


def test_a_word_beside_one_that_says_the_channel_is_a_detail(guide: Guide) -> None:
    campaign("jesien")
    came(guide, "ann@example.com", origin=Origin(source="newsletter-maj", medium="email"))
    came(guide, "bob@example.com", origin=Origin(source="facebook", medium="rolka"))
    came(guide, "cleo@example.com", origin=Origin(source="wild", campaign="jesien"))
    came(guide, "dan@example.com", origin=Origin(source="facebook", campaign="nobody-knows"))

    assert [each.word for each in words_said.wild_words(since=MONDAY)] == ["nobody-knows"]


def test_a_word_that_is_to_mean_nothing_is_refused(dora_id: int) -> None:
    with pytest.raises(MeansNothing):
        words_said.say(Meaning(), field=SpelledField.SOURCE, word="wild", by=dora_id, now=MONDAY)


def came(guide: Guide, email: str, *, origin: Origin) -> Visitor:
    record = form(guide, email, origin=origin)
    receive(record)
    return visitor(guide, email, ref=record.ref)


def seen(guide: Guide, source: str, people: int) -> PagesViewed:
    return PagesViewed(
        at=AT, counts=(ViewCount(version_id=guide.version_id, source=source, medium="", people=people, machines=0),)
    )


def placed(lead_id: int) -> tuple[str, int | None]:
    lead = Lead.objects.get(pk=lead_id)
    return lead.channel, lead.campaign_id
