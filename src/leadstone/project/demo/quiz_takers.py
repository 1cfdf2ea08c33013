"""Who answered the demo company's quiz: what they said, and that most of them opened the mail with the result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.flows.mailed_forms import mark_of
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.flows.visits_counted import pages_viewed
from leadstone.project.demo.history import keys_of_grants, letters_leave, ms, react_until_quiet
from leadstone.project.demo.people import people
from leadstone.project.demo.quiz import QUIZ, QUIZ_SLUG
from leadstone.wire.records import MailboxProven, Origin, PagesViewed, SubmissionReceived, ViewCount

STREAM = "demo-quiz"


@dataclass(frozen=True)
class Took:
    """One person: how many days ago they answered, and what. Without a stage they have only a project and skip the walls."""

    days_ago: float
    flow: str
    warm: int
    stage: str = "plan"
    walls: str = ""
    worry: str = ""
    proves: bool = True

    @property
    def answers(self) -> dict[str, str]:
        told = {"stage": self.stage, "walls": self.walls, "flow": self.flow, "warm": str(self.warm), "worry": self.worry}
        return {f"q.{key}": answer for key, answer in told.items() if answer}


TOOK = (
    Took(41, "radiators", 2, stage="old", worry="Czy grzejniki żeliwne trzeba wymienić?"),
    Took(38, "floor", 5, stage="new", walls="walls roof windows"),
    Took(33, "radiators", 3, stage="old", walls="windows", worry="Rachunki za prąd zimą."),
    Took(30, "floor", 4),
    Took(27, "mixed", 3, stage="old", walls="walls windows"),
    Took(22, "radiators", 1, stage="old", worry="Wieje od okien, nie wiem, od czego zacząć.", proves=False),
    Took(19, "mixed", 4, stage="new", walls="walls roof windows", worry="Hałas pod sypialnią sąsiada."),
    Took(16, "floor", 5),
    Took(12, "radiators", 2, stage="old", walls="roof"),
    Took(9, "mixed", 4, worry="Jaka moc, żeby nie przepłacić?"),
    Took(5, "radiators", 3, stage="old", walls="walls", proves=False),
    Took(2.4, "floor", 4, stage="new", walls="walls windows"),
    Took(0.8, "mixed", 3, stage="old", walls="walls roof", worry="Czy zdążę z dotacją przed zimą?"),
)


CAME_BY = (
    Origin(source="facebook", medium="social"),
    Origin(referrer_host="www.google.com"),
    Origin(),
    Origin(source="newsletter", medium="email"),
)
SAW, BEGAN = 5, 2  # for each who sent the form


def tell_quiz(version_id: int, *, now: datetime) -> None:
    """Six weeks of people who saw it, began it and answered it."""
    crowd = people(language="pl", seed=2718)
    pages_viewed([_seen(version_id, number, at=now - timedelta(days=took.days_ago)) for number, took in enumerate(TOOK)], now=now)
    for number, took in enumerate(TOOK):
        person = next(crowd)
        at = now - timedelta(days=took.days_ago)
        record = SubmissionReceived(
            at=ms(at),
            ref=f"demo-quiz-{number:04d}",
            nonce=f"demo-quiz-{number:04d}",
            slug=QUIZ_SLUG,
            version_id=version_id,
            language="pl",
            answers={"email": person.email, "name": person.name} | took.answers,
            fill_ms=70_000 + 4_000 * number,
            origin=_origin(number),
            network=f"198.51.100.{number * 16 % 256}/24",
        )
        submissions_received([ReceivedRecord(STREAM, number + 1, 0, record)], now=at)
        letters_leave(f"{QUIZ.title} – Twój wynik", now=at + timedelta(seconds=2))
        if took.proves:
            _press_the_button(record, at=at + timedelta(minutes=3))
    react_until_quiet(now=now)


def _origin(number: int) -> Origin:
    return CAME_BY[number % len(CAME_BY)]


def _seen(version_id: int, number: int, *, at: datetime) -> PagesViewed:
    origin = _origin(number)
    count = ViewCount(
        version_id=version_id,
        source=origin.source or origin.referrer_host,
        medium=origin.medium,
        people=SAW + number % 3,
        machines=number % 2,
        begun=BEGAN,
    )
    return PagesViewed(at=ms(at), counts=(count,))


def _press_the_button(record: SubmissionReceived, *, at: datetime) -> None:
    """The button of the mail that answers this form: only then its answers count."""
    sent = capture.submission_by_ref(record.ref)
    if sent is None:
        raise AssertionError(record.ref)
    (keys,) = keys_of_grants([record])
    proof = MailboxProven(at=ms(at), grant_key=keys.grant, form=mark_of(sent.submission_id).hex())
    mailboxes_proven([proof], now=at)
