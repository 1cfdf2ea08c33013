"""A newsletter: topics to choose from, how often at most, and a letter that says so. To agree to it is the exchange itself."""

from collections.abc import Iterator, Mapping

import msgspec

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Asking, Example, Finding, Kind, KindWords, Outcome, Sent, Step
from leadstone.domains.magnets.questionnaire import PREFIX, Option, Question, QuestionType
from leadstone.wire.definition import Channel, ConsentOffer, MagnetDefinition, NextStep, Purpose

KEY = "newsletter"
TOPICS = "topics"  # the key of the one question
TOPICS_FIELD = PREFIX + TOPICS
MOST_TOPICS = 8
MOST_A_MONTH = 31

_QUESTION = {"en": "What shall we write to you about?", "pl": "O czym mamy do Ciebie pisać?"}


class Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that letters are about, and that a reader may want or not."""

    key: str
    name: str
    about: str = ""  # one sentence


class LetterSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is promised to whoever subscribes."""

    topics: tuple[Topic, ...] = ()
    frequency: str = ""  # in words: "One letter a month, in its first week."
    at_most: int = 0  # letters in a calendar month, over all topics
    sample_url: str = ""  # a letter to look at before


def settings_of(definition: MagnetDefinition) -> LetterSettings:
    """The settings; raises `msgspec.ValidationError` where they fit no newsletter."""
    return msgspec.convert(definition.settings, LetterSettings)


def chosen_topics(definition: MagnetDefinition, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the topics that a form ticked, in their order."""
    wanted = set(answers.get(TOPICS_FIELD, "").split())
    return tuple(topic.key for topic in settings_of(definition).topics if topic.key in wanted)


def questions(definition: MagnetDefinition) -> tuple[Question, ...]:
    """One question with a box for each topic; none is ticked for anybody, and one at least is needed."""
    options = tuple(
        Option(key=topic.key, text=f"{topic.name}: {topic.about}" if topic.about else topic.name)
        for topic in settings_of(definition).topics
    )
    text = _QUESTION.get(definition.language, _QUESTION["en"])
    return (Question(key=TOPICS, type=QuestionType.MULTIPLE, text=text, options=options),)


def gaps_in(settings: LetterSettings) -> Iterator[Gap]:
    """What a newsletter lacks before it may be published. Places are "letters.topics", "letters.topics.1", "letters.at_most"."""
    topics = settings.topics
    if not 1 <= len(topics) <= MOST_TOPICS:
        yield Gap(GapCode.TOPIC_MISSING, "letters.topics", {"most": str(MOST_TOPICS)})
    keys = [topic.key for topic in topics]
    for number, topic in enumerate(topics):
        if not topic.name.strip() or topic.key.split() != [topic.key]:
            yield Gap(GapCode.TOPIC_WITHOUT_WORDS, f"letters.topics.{number}")
        elif keys.index(topic.key) != number:
            yield Gap(GapCode.KEY_TWICE, f"letters.topics.{number}", {"key": topic.key})
    if not settings.frequency.strip() or not 1 <= settings.at_most <= MOST_A_MONTH:
        yield Gap(GapCode.FREQUENCY_MISSING, "letters.frequency", {"most": str(MOST_A_MONTH)})
    if settings.sample_url and not settings.sample_url.startswith(("https://", "http://", "/")):
        yield Gap(GapCode.SAMPLE_WRONG, "letters.sample_url")


_EXAMPLES: Mapping[str, Example] = {
    "en": Example(
        title="One letter a month about …",
        promise="What we learnt this month, and what you can do with it. Two topics: choose one or both.",
        settings={
            "topics": [
                {"key": "practice", "name": "From practice", "about": "what we measured and what came of it"},
                {"key": "rules", "name": "Rules and money", "about": "grants, dates, prices"},
            ],
            "frequency": "One letter a month, in its first week.",
            "at_most": 1,
        },
        steps=(
            NextStep(channel=Channel.EMAIL, text="One mail with a button: it shows that the mailbox is yours."),
            NextStep(channel=Channel.EMAIL, text="Then one letter a month, until you leave.", purpose=Purpose.NEWSLETTER),
        ),
        consents=(
            ConsentOffer(
                key="newsletter-email",
                purpose=Purpose.NEWSLETTER,
                channel=Channel.EMAIL,
                text="By pressing the button I ask for one letter a month about the topics that I ticked. I can leave with one"
                " click, in every letter.",
                by_button=True,
            ),
        ),
        without_marketing="Read the letters in the public archive: nothing to fill in, nothing to subscribe to.",
    ),
    "pl": Example(
        title="Jeden list w miesiącu o …",
        promise="Czego się w tym miesiącu dowiedzieliśmy i co z tego wynika dla Ciebie. Dwa tematy: wybierz jeden albo oba.",
        settings={
            "topics": [
                {"key": "practice", "name": "Z praktyki", "about": "co zmierzyliśmy i co z tego wyszło"},
                {"key": "rules", "name": "Przepisy i pieniądze", "about": "dotacje, terminy, ceny"},
            ],
            "frequency": "Jeden list w miesiącu, w pierwszym tygodniu.",
            "at_most": 1,
        },
        steps=(
            NextStep(channel=Channel.EMAIL, text="Jeden e-mail z przyciskiem: potwierdza, że skrzynka jest Twoja."),
            NextStep(
                channel=Channel.EMAIL, text="Potem jeden list w miesiącu, dopóki się nie wypiszesz.", purpose=Purpose.NEWSLETTER
            ),
        ),
        consents=(
            ConsentOffer(
                key="newsletter-email",
                purpose=Purpose.NEWSLETTER,
                channel=Channel.EMAIL,
                text="Naciskając przycisk, proszę o jeden list w miesiącu na zaznaczone tematy. Mogę zrezygnować jednym"
                " kliknięciem w każdym liście.",
                by_button=True,
            ),
        ),
        without_marketing="Listy są w otwartym archiwum: bez adresu i bez zapisywania się.",
    ),
}


KIND = Kind(
    name="Newsletter",
    rank=80,
    words={
        "en": KindWords(
            name="Newsletter",
            subject="the letter",
            object="the letter",
            button="Send me the letters",
            you_get="Letters about the topics that you choose, and the whole archive.",
        ),
        "pl": KindWords(
            name="Newsletter",
            subject="list",
            object="listy",
            button="Chcę dostawać listy",
            you_get="Listy na wybrane tematy i całe archiwum.",
        ),
    },
    sends=(
        Sent(
            channel=Channel.EMAIL,
            told_by=r"letter|\blist(?:y|ów|ach)?\b|wydani|biuletyn",
            sentences={"en": "Letters until you leave.", "pl": "Listy, dopóki się nie wypiszesz."},
        ),
    ),
    media_types=frozenset(),
    settings=LetterSettings,
    steps=(Step.FORM, Step.MAILBOX, Step.LETTERS),
    result=lambda definition, answers: Outcome(),
    asking=Asking(
        questions=questions,
        finding=lambda definition, answers: Finding(""),
        outcome=lambda definition, finding: None,
        keeps_first=lambda definition: False,
        on_form=True,
    ),
    consent=(Purpose.NEWSLETTER, Channel.EMAIL),
    gaps=gaps_in,
    example=lambda language: _EXAMPLES.get(language, _EXAMPLES["en"]),
)
