"""From a question about health to the day on which its consent is taken back: end to end, through worker, mail and portal."""

from datetime import UTC, datetime, timedelta

import msgspec
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.models import User
from leadstone.domains.capture.models import Submission
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import queries as magnet_queries
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.stored_tokens import services as stored_tokens
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.records import MailboxProven, QuestionsAsked, StoppedRun
from tests.magnets.guarded import WORDS, guarded
from tests.magnets.keeping import keeping
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house", "visitor"]

SAID = {"q.stage": "new", "q.asthma": "yes", "q.asthma.agreed": "yes", "q.walls": "walls", "q.flow": "floor", "q.warm": "4"}


def publish(house: House, magnet_id: int) -> magnets.Publication:
    blobs = BlobStore(house.folder.blobs)
    return magnets.publish_version(magnet_id=magnet_id, slug="quiz", blobs=blobs, by=None, now=MONDAY)


def published(house: House, definition: MagnetDefinition) -> int:
    made = magnets.create_from_definition(definition, slug="quiz", by=None, now=MONDAY)
    version = publish(house, made.pk)
    assert version.version_id is not None, version.gaps
    house.version = MagnetVersion.objects.get(pk=version.version_id)
    return made.pk


def sent(house: House) -> None:
    """Ann answers the whole quiz and proves her mailbox."""
    form = house.form("ann@home.example")
    house.journal(msgspec.structs.replace(form, slug="quiz", language="pl", answers=form.answers | SAID))
    house.work()
    token = house.confirm_token(house.mails()[0])
    at = int(MONDAY.timestamp() * 1000)
    house.journal(MailboxProven(at=at, grant_key=str(token.key), form=token.form.hex()))
    house.work()


def test_without_its_words_the_question_stays_in_the_draft_and_with_them_it_is_public(house: House) -> None:
    magnet_id = published(house, guarded())
    draft = magnet_queries.draft_of(magnet_queries.magnet(magnet_id))
    bare = msgspec.structs.replace(draft, settings=guarded(consent="").settings)
    magnets.save_draft(magnet_id=magnet_id, definition=bare, slug="quiz", now=MONDAY)

    assert [gap.code for gap in publish(house, magnet_id).gaps] == [GapCode.QUESTION_SENSITIVE]


def test_an_answer_counts_for_the_result_nobody_reads_it_and_taking_the_consent_back_deletes_it(
    house: House, visitor: Visitor
) -> None:
    published(house, guarded())
    sent(house)
    contact_id = Lead.objects.get().contact_id or 0
    assert [line.act for line in consent.history_of(contact_id)] == [Act.ASKED, Act.GIVEN]

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="emil@example.com", name="Emil", role="rep", language="en"))
    card = client.get(reverse("lead", args=[Lead.objects.get().pk])).content.decode()
    assert "answered for their result alone, read by nobody" in card
    assert "Agreed to the use of an answer that the law protects for their result" in card

    tokens = stored_tokens.mint([str(contact_id)], purpose="my", expires_at=MONDAY + timedelta(days=30), now=MONDAY)
    link = f"/my/{tokens[str(contact_id)]}"
    page = visitor.get(link)[1]
    assert WORDS in page
    assert "Odpowiedzi chronione prawem" in page

    status, location = visitor.post(f"{link}/withdraw", {"purpose": "special"})

    assert (status, location) == (303, f"{link}?done=deleted&lang=pl")
    assert "te odpowiedzi usunięte" in visitor.get(location)[1]
    payload = Submission.objects.get().payload
    assert payload is not None
    assert payload["answers"].items() >= {("q.stage", "new"), ("q.warm", "4")}
    assert not any("asthma" in name for name in payload["answers"])
    assert consent.verify_ledger().intact


def test_keeping_what_those_chose_who_stop_takes_a_new_version_and_shows_from_enough_of_them_on(house: House) -> None:
    magnet_id = published(house, guarded())
    magnets.save_draft(magnet_id=magnet_id, definition=keeping(said=""), slug="quiz", now=MONDAY)
    assert [gap.code for gap in publish(house, magnet_id).gaps] == [GapCode.KEEPING_UNDECLARED]
    magnets.save_draft(magnet_id=magnet_id, definition=keeping(), slug="quiz", now=MONDAY)
    version_id = publish(house, magnet_id).version_id
    assert version_id not in {None, house.version.pk}

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language="en"))
    figures = reverse("magnet_questions", args=[magnet_id]) + "?days=365"
    runs = [StoppedRun(run=f"{n:016x}", version_id=version_id or 0, answers={"stage": "new"}) for n in range(20)]
    now = datetime.now(UTC)  # the page looks back from today
    at = int(now.timestamp() * 1000)

    house.journal(QuestionsAsked(at=at, counts=(), stopped=tuple(runs[:19])))
    house.work(now)
    assert "From 20 unfinished runs on" in client.get(figures).content.decode()

    house.journal(QuestionsAsked(at=at, counts=(), stopped=(runs[19],)))
    house.work(now)
    page = client.get(figures).content.decode()
    assert "20 runs that were not finished" in page
    assert "What those chose who stopped half way" in page
    rows = b"".join(client.get(reverse("magnet_stopped_csv", args=[magnet_id]) + "?days=365")).decode()
    assert any(line.endswith(",20") for line in rows.splitlines())
