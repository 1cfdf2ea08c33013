"""A kind that needs no state of its own is one pure file: drafted, written, published, asked, delivered, told."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import kinds, queries, services
from leadstone.domains.magnets.drafting import draft_from_example
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.infra.blobs.store import BlobStore
from leadstone.studio.magnets.forms import DraftForms
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import SubmissionReceived
from tests.edge.door import open_door
from tests.edge.installation import Installation
from tests.edge.test_quiz import press
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house"]

# All that a newcomer writes. It asks one question, and what it tells depends on the answer and on a setting.
ECHO = '''"""An echo: says back what was said, as often as its settings want."""

from typing import Annotated

import msgspec

from leadstone.domains.magnets.kind import Asking, Example, Finding, Kind, KindWords, Outcome, Step
from leadstone.domains.magnets.questionnaire import Option, Question


class EchoSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    prompt: Annotated[str, msgspec.Meta(title="The question", max_length=200)] = "How do you call into the forest?"
    times: Annotated[int, msgspec.Meta(title="How often it answers", ge=1, le=5)] = 2
    loud: bool = False


def settings_of(definition):
    return msgspec.convert(definition.settings, EchoSettings)


def questions(definition):
    options = (Option(key="hey", text="Hey"), Option(key="ho", text="Ho"))
    return (Question(key="call", text=settings_of(definition).prompt, options=options),)


def find(definition, answers):
    return Finding(answers.get("q.call", ""))


def tell(definition, finding):
    settings = settings_of(definition)
    said = " ".join([finding.outcome] * settings.times)
    return Outcome(title=said.upper() if settings.loud else said, text="So it sounds back.") if finding.outcome else None


WORDS = KindWords(
    name="Echo", subject="the echo", object="your echo", button="Send me the echo", you_get="An echo of what you called.",
    delivery="One mail with your echo.",
)
KIND = Kind(
    name="Echo",
    rank=900,
    words={"en": WORDS, "pl": WORDS},
    media_types=frozenset(),
    settings=EchoSettings,
    steps=(Step.QUESTIONS, Step.FORM, Step.MAILBOX, Step.RESULT),
    result=lambda definition, answers: tell(definition, find(definition, answers)) or Outcome(),
    asking=Asking(questions=questions, finding=find, outcome=tell, keeps_first=lambda definition: False),
    example=lambda language: Example("What the forest answers", "One word, and what comes back.", {}),
)
'''


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The file, dropped where kinds are looked for; every reader of the table sees it until the test is over."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    (folder / "echo.py").write_text(ECHO)
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(folder)])
    (table,) = (each for each in gc.get_referents(KINDS) if isinstance(each, dict))
    table["echo"] = kinds._found()["echo"]
    yield list(folder.glob("*.*"))
    del table["echo"]


@pytest.fixture
def dora(house: House) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language="en"))
    return client


def begun(dora: Client) -> Magnet:
    assert dora.post("/magnets/begin", {"kind": "echo"}).status_code == 302
    return Magnet.objects.get(kind="echo")


def posted(magnet: Magnet, **changes: Any) -> dict[str, Any]:
    forms = DraftForms(queries.draft_of(queries.magnet(magnet.pk)), slug=magnet.slug)
    data = {field.html_name: field.value() for form in forms._all() for field in form}
    return {name: value for name, value in (data | {"slug": "echo"} | changes).items() if value not in (None, False)}


def test_its_settings_get_a_form_from_their_schema(echo: list[Path], house: House, dora: Client) -> None:
    magnet = begun(dora)
    page = dora.get(f"/magnets/{magnet.pk}/").content.decode()
    assert "The question" in page
    assert "How often it answers" in page

    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"own-times": "3", "own-loud": "yes", "own-prompt": "Who calls?"}))

    assert queries.draft_of(queries.magnet(magnet.pk)).settings == {"prompt": "Who calls?", "times": 3, "loud": True}
    refused = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"own-times": "77"}))
    assert refused.status_code == 422
    assert queries.draft_of(queries.magnet(magnet.pk)).settings["times"] == 3


def test_one_file_is_all_that_it_takes_from_the_draft_to_the_mail(echo: list[Path], house: House, dora: Client) -> None:
    magnet = begun(dora)
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"own-times": "3"}))
    done = services.publish_version(magnet_id=magnet.pk, slug="echo", blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert done.gaps == ()
    house.version = MagnetVersion.objects.get(pk=done.version_id)

    form = house.form("ann@home.example")
    house.journal(msgspec.structs.replace(form, slug="echo", answers=form.answers | {"q.call": "ho"}))
    house.work()

    (mail,) = house.mails()
    assert "ho ho ho" in mail.text
    assert Lead.objects.get().magnet_id == magnet.pk
    assert len(echo) == 1


@pytest.mark.anyio
async def test_the_public_door_asks_for_it_without_knowing_it(echo: list[Path], tmp_path: Path) -> None:
    drafted = draft_from_example(kind="echo", language="en", company="Forest")
    definition = msgspec.structs.replace(drafted, settings={"prompt": "Who calls?"})
    version = PublishedVersion(version_id=9, number=1, definition=definition)
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    made.publish()
    async with open_door(made) as door:
        first = await door.client.get("/m/quiz")
        assert 'name="email"' not in first.text
        question = await press(door, first, ("move", "start"))
        assert "Who calls?" in question.text
        form = await press(door, question, ("q.call", "hey"), ("move", "next"))
        sent = await press(door, form, ("email", "ann@example.com"))

    assert sent.status_code == 303
    (record,) = [each for each in made.journaled() if isinstance(each, SubmissionReceived)]
    assert record.answers["q.call"] == "hey"
