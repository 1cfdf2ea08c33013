"""From a draft to an end: what may begin, what never changes afterwards, and what becomes of the words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.models import Experiment, Variant
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect, Because, Ending, Goal, StartRefusal, State
from leadstone.domains.experiments.rules.overlay import Overlay, applied, differences, within
from leadstone.domains.experiments.rules.planning import goals_needed
from leadstone.domains.experiments.services import Wanted
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets import services as magnets_services
from leadstone.domains.magnets.events import MagnetPublished, MagnetWithdrawn
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.models import Magnet
from leadstone.flows.experiments_judged import ended_by_publishing, ended_by_withdrawing, finish
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.definition import AskedField, FieldKey, MailWords
from tests.cast import MONDAY

LATER = MONDAY + timedelta(days=3)
Draft, Begin = Callable[..., int], Callable[..., ExperimentFacts]


def test_each_arm_is_a_version_and_everybody_else_sees_what_was_public(magnet: Magnet, started: Begin) -> None:
    before = magnets.current_version(magnet.pk)

    facts = started()

    versions = {version.version_id: version for version in magnets.versions(magnet.pk)}
    a, b, outside = (versions[pk] for pk in (facts.version_ids["a"], facts.version_ids["b"], facts.outside_id or 0))
    now = magnets.current_version(magnet.pk)
    assert before
    assert now
    assert now.version_id == outside.version_id
    assert a.words == outside.words == before.words
    assert b.definition.title == "A warm house without gas"
    assert b.definition.contract == before.definition.contract


def test_the_number_of_people_is_fixed_by_the_start(started: Begin) -> None:
    facts = started(goal=Goal.QUALIFIED, least_change=30, weights=(3, 1))
    assert facts.plan.goals == goals_needed(0.3, share=0.25)
    assert (facts.plan.goal, facts.plan.share, facts.plan.days) == (Goal.QUALIFIED, 0.25, 7)


def test_an_arm_varies_one_thing_only(drafted: Draft) -> None:
    everything = Overlay(title="Other", button="Other", mail=MailWords(subject="Other"), without_email_url="/read")
    facts = queries.experiment(drafted(Aspect.MAIL, everything))
    assert facts.overlay == Overlay(mail=MailWords(subject="Other"))


def test_what_an_arm_says_alike_is_no_difference(magnet: Magnet) -> None:
    told = magnets.draft_of(magnet)
    overlay = Overlay(title=told.title, promise="Another promise")
    assert [each.what for each in differences(told, overlay)] == ["promise"]
    assert applied(told, Overlay(title=told.title)) == told
    assert within(overlay, Aspect.FORM) == Overlay()


def test_two_arms_that_say_the_same_are_nothing_to_compare(drafted: Draft, blobs: BlobStore) -> None:
    begun = services.start(experiment_id=drafted(overlay=Overlay()), blobs=blobs, by=None, now=MONDAY)
    assert begun.decision.because is StartRefusal.NOTHING_DIFFERS


def test_an_arm_with_a_gap_does_not_reach_the_public(magnet: Magnet, drafted: Draft, blobs: BlobStore) -> None:
    nobody_is_asked = Overlay(asks=(AskedField(key=FieldKey.NAME, reason="to address you"),))
    experiment_id = drafted(Aspect.FORM, nobody_is_asked)

    begun = services.start(experiment_id=experiment_id, blobs=blobs, by=None, now=MONDAY)

    assert begun.decision.because is StartRefusal.GAPS
    assert [gap.code for gap in begun.gaps["b"]] == [GapCode.EMAIL_NOT_ASKED]
    assert "a" not in begun.gaps
    assert len(magnets.versions(magnet.pk)) == 1
    assert queries.experiment(experiment_id).state is State.DRAFT


def test_the_checks_read_the_words_of_an_arm(drafted: Draft, blobs: BlobStore) -> None:
    begun = services.start(
        experiment_id=drafted(overlay=Overlay(title="Guaranteed: triple your income in one week!")),
        blobs=blobs,
        by=None,
        now=MONDAY,
    )
    assert begun.decision.because is StartRefusal.GAPS


def test_one_at_a_time_runs_on_a_magnet(started: Begin, drafted: Draft, blobs: BlobStore) -> None:
    started()
    begun = services.start(experiment_id=drafted(), blobs=blobs, by=None, now=LATER)
    assert begun.decision.because is StartRefusal.RUNNING_ALREADY


def test_what_is_withdrawn_or_was_never_public_is_not_compared(magnet: Magnet, drafted: Draft, blobs: BlobStore) -> None:
    experiment_id = drafted()
    magnets_services.withdraw(magnet_id=magnet.pk, now=MONDAY)
    assert (
        services.start(experiment_id=experiment_id, blobs=blobs, by=None, now=MONDAY).decision.because is StartRefusal.WITHDRAWN
    )


def test_a_started_experiment_starts_once(started: Begin, magnet: Magnet, blobs: BlobStore) -> None:
    facts = started()
    again = services.start(experiment_id=facts.experiment_id, blobs=blobs, by=None, now=LATER)
    assert again.decision.because is StartRefusal.NOT_A_DRAFT
    assert len(magnets.versions(magnet.pk)) == 4


def test_plan_and_arms_are_fixed_once_begun_by_the_services(started: Begin) -> None:
    facts = started()
    assert not services.change(
        experiment_id=facts.experiment_id, wanted=Wanted(name="Easier", least_change=10), overlay=Overlay()
    )
    assert not services.discard(experiment_id=facts.experiment_id)
    assert queries.experiment(facts.experiment_id) == facts


@pytest.mark.parametrize(
    "change",
    [
        lambda: Experiment.objects.update(goal=Goal.WON.value),
        lambda: Experiment.objects.update(least_change=10),
        lambda: Experiment.objects.update(goals=1),
        lambda: Experiment.objects.update(salt="another"),
        lambda: Experiment.objects.all()._raw_delete("default"),  # type: ignore[attr-defined]
        lambda: Variant.objects.update(overlay={}),
        lambda: Variant.objects.update(weight=9),
        lambda: Variant.objects.all()._raw_delete("default"),  # type: ignore[attr-defined]
    ],
)
def test_plan_and_arms_are_fixed_once_begun_by_the_database(started: Begin, change: Callable[[], object]) -> None:
    started()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_draft_may_be_changed_thrown_away_and_brought_back(drafted: Draft) -> None:
    experiment_id = drafted()
    assert services.change(experiment_id=experiment_id, wanted=Wanted(name="Other", goal=Goal.WON), overlay=Overlay(title="T"))
    assert services.discard(experiment_id=experiment_id)
    assert queries.experiments() == []
    assert services.bring_back(experiment_id=experiment_id)
    assert [facts.name for facts in queries.experiments()] == ["Other"]


def test_publishing_other_words_ends_what_runs(started: Begin, magnet: Magnet, blobs: BlobStore) -> None:
    facts = started()
    told = magnets.draft_of(magnets.magnet(magnet.pk))
    magnets_services.save_draft(magnet_id=magnet.pk, definition=applied(told, Overlay(button="Go")), slug="guide", now=LATER)
    outcome = magnets_services.publish_version(magnet_id=magnet.pk, slug="guide", blobs=blobs, by=None, now=LATER)

    ended_by_publishing([MagnetPublished(magnet_id=magnet.pk, version_id=outcome.version_id or 0)], now=LATER)

    ended = queries.experiment(facts.experiment_id)
    assert (ended.state, ended.ending, ended.because) == (State.ENDED, Ending.STOPPED, Because.NEW_VERSION)
    assert queries.published() == {}


def test_words_that_were_public_before_the_start_end_nothing(started: Begin, magnet: Magnet) -> None:
    first = magnets.versions(magnet.pk)[0].version_id
    facts = started()
    ended_by_publishing([MagnetPublished(magnet_id=magnet.pk, version_id=first)], now=LATER)
    assert queries.experiment(facts.experiment_id).state is State.RUNNING


def test_withdrawing_ends_what_runs(started: Begin, magnet: Magnet) -> None:
    facts = started()
    magnets_services.withdraw(magnet_id=magnet.pk, now=LATER)
    ended_by_withdrawing([MagnetWithdrawn(magnet_id=magnet.pk)], now=LATER)
    assert queries.experiment(facts.experiment_id).because is Because.WITHDRAWN


def test_stopping_twice_is_as_once(started: Begin) -> None:
    facts = started()
    assert finish(facts.experiment_id, note="The fair is over", by=None, now=LATER)
    assert not finish(facts.experiment_id, note="Again", by=None, now=LATER)
    ended = queries.experiment(facts.experiment_id)
    assert (ended.ending, ended.because, ended.note) == (Ending.STOPPED, Because.BY_HAND, "The fair is over")
    told = RecordedEvent.objects.filter(kind__in=["ExperimentStarted", "ExperimentEnded"]).count()
    assert told == 2


def test_the_words_of_an_arm_become_everybodys_and_go_back(started: Begin, magnet: Magnet, blobs: BlobStore) -> None:
    facts = started()
    finish(facts.experiment_id, by=None, now=LATER)
    told = magnets.draft_of(magnets.magnet(magnet.pk))
    unpublished = applied(told, Overlay(button="Unpublished"))
    magnets_services.save_draft(magnet_id=magnet.pk, definition=unpublished, slug="guide", now=LATER)

    adopted = services.adopt(experiment_id=facts.experiment_id, key="b", blobs=blobs, by=None, now=LATER)

    now, draft = magnets.current_version(magnet.pk), magnets.draft_of(magnets.magnet(magnet.pk))
    assert adopted
    assert now
    assert now.version_id == adopted.version_id
    assert now.definition.title == draft.title == "A warm house without gas"
    assert (now.definition.button, draft.button) == ("Send me the guide", "Unpublished")
    assert services.adopt(experiment_id=facts.experiment_id, key="b", blobs=blobs, by=None, now=LATER) is None

    assert services.adopt_no_more(experiment_id=facts.experiment_id, blobs=blobs, by=None, now=LATER)

    now, draft = magnets.current_version(magnet.pk), magnets.draft_of(magnets.magnet(magnet.pk))
    assert now
    assert now.definition == told
    assert draft == unpublished
    assert not services.adopt_no_more(experiment_id=facts.experiment_id, blobs=blobs, by=None, now=LATER)


def test_nothing_is_adopted_while_it_runs(started: Begin, blobs: BlobStore) -> None:
    assert services.adopt(experiment_id=started().experiment_id, key="b", blobs=blobs, by=None, now=LATER) is None
