"""Posts: a link each, figures of which the latest day counts, and reach that is never a lead."""

from datetime import date
from uuid import uuid4

import pytest

from leadstone.domains.campaigns.models import Link
from leadstone.domains.campaigns.queries.links import link
from leadstone.domains.campaigns.rules import Place
from leadstone.domains.leads.models import Lead
from leadstone.domains.posts import queries, services
from leadstone.domains.posts.models import Post, PostFigures
from leadstone.domains.posts.rules import Network, PostFilter, PostOrder, Reading
from tests.campaigns.cast import campaign
from tests.cast import MONDAY, Guide
from tests.posts.cast import post_of, words

pytestmark = pytest.mark.django_db
SECOND, NINTH = date(2026, 1, 2), date(2026, 1, 9)


def count(post_id: int, on: date, **numbers: int) -> None:
    services.record_figures([Reading(post_id=post_id, on=on, **numbers)], by=None, now=MONDAY)


def test_a_post_gets_a_link_of_its_own_in_its_campaign(guide: Guide) -> None:
    one, other = post_of(guide, campaign_id := campaign()), post_of(guide, campaign_id)

    assert one.link_id != other.link_id
    found = link(one.link_id)
    assert (found.campaign_id, found.magnet_id, found.place) == (campaign_id, guide.magnet_id, Place.POST)


def test_a_form_that_is_sent_twice_is_one_post_with_one_link(guide: Guide) -> None:
    key = uuid4()

    assert post_of(guide, key=key).post_id == post_of(guide, key=key).post_id
    assert (Post.objects.count(), Link.objects.count()) == (1, 1)


def test_the_latest_day_counts_and_the_days_before_stay(guide: Guide) -> None:
    one = post_of(guide)
    count(one.post_id, NINTH, reach=900)
    count(one.post_id, SECOND, reach=400)

    figures = queries.post(one.post_id).figures

    assert figures is not None
    assert (figures.on, figures.reach) == (NINTH, 900)
    assert [each.reach for each in queries.history(one.post_id)] == [900, 400]


def test_the_same_day_said_again_replaces_what_was_said_of_it(guide: Guide) -> None:
    one = post_of(guide)
    count(one.post_id, NINTH, reach=900, likes=3)
    count(one.post_id, NINTH, reach=950)

    assert queries.history(one.post_id) == [Reading(post_id=one.post_id, on=NINTH, reach=950)]
    assert PostFigures.objects.count() == 1


def test_a_day_that_was_a_mistake_counts_no_more_until_it_is_said_again(guide: Guide) -> None:
    one = post_of(guide)
    count(one.post_id, SECOND, reach=400)
    count(one.post_id, NINTH, reach=90_000)

    assert services.take_back_figures(post_id=one.post_id, on=NINTH, now=MONDAY)
    assert not services.take_back_figures(post_id=one.post_id, on=NINTH, now=MONDAY)
    assert queries.post(one.post_id).figures == Reading(post_id=one.post_id, on=SECOND, reach=400)
    count(one.post_id, NINTH, reach=900)
    assert queries.post(one.post_id).figures == Reading(post_id=one.post_id, on=NINTH, reach=900)


def test_reach_of_a_campaign_is_the_latest_of_each_post_and_makes_no_lead(guide: Guide) -> None:
    campaign_id = campaign()
    assert queries.reach_by_campaign([campaign_id]) == {}
    one, other = post_of(guide, campaign_id), post_of(guide, campaign_id)
    post_of(guide, campaign_id)
    count(one.post_id, SECOND, reach=400)
    count(one.post_id, NINTH, reach=900, comments=70)
    count(other.post_id, SECOND, reach=50)

    assert queries.reach_by_campaign([campaign_id]) == {campaign_id: 950}
    assert not Lead.objects.exists()


def test_figures_without_a_number_are_refused(guide: Guide) -> None:
    with pytest.raises(services.NothingCounted):
        count(post_of(guide).post_id, NINTH)


def test_posts_are_found_by_network_campaign_and_words_without_accents(guide: Guide) -> None:
    campaign_id = campaign()
    one = post_of(guide, campaign_id, text="Łódź grzeje inaczej")
    other = post_of(guide, network=Network.PINTEREST)

    def found(**chosen: object) -> list[int]:
        return [row.post_id for row in queries.posts(PostFilter(**chosen)).rows]  # type: ignore[arg-type]  # by name

    assert found(network=Network.PINTEREST) == [other.post_id]
    assert found(campaign_id=campaign_id) == [one.post_id]
    assert found(search="lodz") == [one.post_id]


def test_the_farthest_reach_comes_first_and_what_nobody_counted_last(guide: Guide) -> None:
    silent, near, far = post_of(guide), post_of(guide), post_of(guide)
    count(near.post_id, NINTH, reach=10)
    count(far.post_id, NINTH, reach=900)

    rows = queries.posts(PostFilter(order=PostOrder.REACH)).rows

    assert [row.post_id for row in rows] == [far.post_id, near.post_id, silent.post_id]


def test_a_post_that_is_taken_out_leaves_list_and_files_and_its_link_stays(guide: Guide) -> None:
    one = post_of(guide, address="https://x.com/cieplo/1")

    assert services.remove_post(post_id=one.post_id, now=MONDAY)

    assert queries.posts(PostFilter()).rows == ()
    assert queries.ids_by_name() == {}
    assert link(one.link_id).code == one.code
    assert services.bring_back_post(post_id=one.post_id)
    assert set(queries.ids_by_name()) == {one.code, "x.com/cieplo/1"}


def test_a_change_leaves_the_link_as_it_is(guide: Guide) -> None:
    one = post_of(guide)

    services.change_post(words(text="Anders gesagt", network=Network.X), post_id=one.post_id)

    after = queries.post(one.post_id)
    assert (after.text, after.network, after.code) == ("Anders gesagt", Network.X, one.code)
    with pytest.raises(queries.NoSuchPost):
        services.change_post(words(), post_id=0)
