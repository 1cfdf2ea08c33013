"""The demo company's newsletter: two topics, its readers, three letters in the archive and one that is being written."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.delivery.rules import Limits, MessageClass
from leadstone.domains.delivery.services import gateway
from leadstone.domains.delivery.services.settling import Result
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.newsletters.queries import boxes
from leadstone.domains.newsletters.services import keeping, sending, writing
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import files_served
from leadstone.infra.mail.outcome import SENT
from leadstone.project.demo.catalogue import polish_contract
from leadstone.project.demo.history import (
    CONFIRM_AFTER,
    FILE_AFTER,
    WORKER,
    confirm,
    keys_of_grants,
    letters_leave,
    ms,
    react_until_quiet,
)
from leadstone.project.demo.people import people
from leadstone.wire.definition import AskedField, Channel, ConsentOffer, FieldKey, MagnetDefinition, NextStep, Purpose
from leadstone.wire.records import FileServed, Origin, SubmissionReceived

NEWSLETTER_SLUG = "newsletter"
STREAM = "demo-newsletter"
# Days ago → how many asked, and how many of them confirmed.
WAVES = ((88, 14, 12), (75, 11, 9), (58, 13, 11), (41, 10, 9), (26, 9, 8), (12, 8, 6), (3, 5, 4))

NEWSLETTER = MagnetDefinition(
    kind="newsletter",
    language="pl",
    title="Raz w miesiącu: ciepły dom za mniej",
    promise="Jeden list o tym, co zmierzyliśmy w prawdziwych domach i co się zmieniło w dotacjach. Bez reklam między wierszami.",
    points=(
        "Liczby z naszych pomiarów, nie z folderów",
        "Terminy i kwoty dotacji, zanim miną",
        "Wszystkie listy są też w archiwum, bez adresu",
    ),
    button="Chcę dostawać listy",
    contract=msgspec.structs.replace(
        polish_contract("Jeden list w miesiącu na wybrane tematy i całe archiwum."),
        asks=(AskedField(key=FieldKey.EMAIL, reason="Tam będą przychodzić listy.", required=True),),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="Od razu: jeden e-mail z przyciskiem, który potwierdza skrzynkę."),
            NextStep(channel=Channel.EMAIL, text="Potem jeden list w miesiącu.", purpose=Purpose.NEWSLETTER),
        ),
        without_marketing="Czytaj w archiwum albo przez kanał: nie trzeba się zapisywać.",
        without_email_url=f"/m/{NEWSLETTER_SLUG}/letters",
        consents=(
            ConsentOffer(
                key="newsletter-email",
                purpose=Purpose.NEWSLETTER,
                channel=Channel.EMAIL,
                text="Naciskając przycisk, proszę Ciepło Polskie o jeden list w miesiącu na zaznaczone tematy."
                " Mogę zrezygnować jednym kliknięciem w każdym liście.",
                by_button=True,
            ),
        ),
    ),
    settings={
        "topics": [
            {"key": "measured", "name": "Z pomiarów", "about": "ile naprawdę zużywają domy, które znamy"},
            {"key": "grants", "name": "Dotacje i terminy", "about": "co się zmieniło i do kiedy można złożyć wniosek"},
        ],
        "frequency": "Jeden list w miesiącu, zwykle w pierwszym tygodniu.",
        "at_most": 1,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIssue:
    """One letter, and how many days ago it left: 31 lie between two, so that each has a calendar month of its own."""

    days_ago: int
    draft: Draft


SENT_ISSUES = (
    DemoIssue(
        days_ago=79,
        draft=Draft(
            subject="41 domów zimą: ile prądu zjadła pompa",
            preheader="Najoszczędniejszy dom zużył połowę tego, co najgorszy. Różnica nie była w pompie.",
            topics=("measured",),
            body="Dzień dobry,\n\nprzez całą zimę mierzyliśmy prąd pomp ciepła w 41 domach. Oto, co z tego wyszło.\n\n"
            "## Trzy liczby\n\n- **2,9 do 4,1** – tyle wynosi sezonowa sprawność w domach z podłogówką\n"
            "- **2,2 do 3,0** – tyle w domach z samymi grzejnikami\n- **35 stopni** – tyle miała woda w najlepszym domu\n\n"
            "## Co z tego dla Ciebie\n\nZanim porównasz oferty, sprawdź, jakiej wody potrzebują Twoje grzejniki w mróz."
            " To ważniejsze niż nazwa na obudowie.\n\n> Najtańsza kilowatogodzina to ta, której dom nie potrzebuje.\n\n"
            "Pytania? Po prostu odpisz na ten list.\n\nDora, Ciepło Polskie",
        ),
    ),
    DemoIssue(
        days_ago=48,
        draft=Draft(
            subject="Dotacje: dwa terminy, o których łatwo zapomnieć",
            preheader="Wniosek składa się przed zakupem, a nie po nim.",
            topics=("grants",),
            body="Dzień dobry,\n\nw tym miesiącu krótko, za to z datami.\n\n## Przed zakupem\n\n"
            "Wniosek składa się **zanim** podpiszesz umowę z wykonawcą. Po fakcie nikt go nie przyjmie.\n\n"
            "## Dokumenty\n\n- faktura na Twoje nazwisko\n- protokół odbioru\n- zdjęcie tabliczki znamionowej\n\n"
            "Gminy pomagają wypełnić wniosek za darmo. My też, ale do tego nie jesteśmy potrzebni.\n\nDora, Ciepło Polskie",
        ),
    ),
    DemoIssue(
        days_ago=17,
        draft=Draft(
            subject="Strop czy ściany? Policzyliśmy na trzech domach",
            preheader="W dwóch z trzech domów wygrał strop, i to za jedną czwartą ceny.",
            topics=("measured", "grants"),
            body="Dzień dobry,\n\nczytelniczka zapytała, od czego zacząć ocieplanie. Policzyliśmy to na trzech domach z lat 70.\n"
            "\n"
            "## Wynik\n\n- strop: 9 000 zł, rachunek niższy o 18%\n- ściany: 38 000 zł, rachunek niższy o 24%\n"
            "- okna: 27 000 zł, rachunek niższy o 7%\n\n## Czego nie wiemy\n\n"
            "To trzy domy, nie trzysta. W Twoim może być inaczej; *policz, zanim zaczniesz*.\n\nDora, Ciepło Polskie",
        ),
    ),
)
WRITTEN_NOW = Draft(
    subject="Pierwszy mróz: cztery rzeczy do sprawdzenia w sobotę",
    preheader="Wystarczy pół godziny i ręka przy oknie.",
    topics=("measured",),
    body="Dzień dobry,\n\nzapowiadają pierwszy mróz. Cztery rzeczy, które można sprawdzić samemu:\n\n"
    "- uszczelki w oknach: kartka włożona w szczelinę nie powinna dać się wyjąć\n- odpowietrzenie grzejników\n"
    "- temperatura wody w instalacji\n- filtr przed pompą",
)


def letters_and_their_readers(*, by: int, now: datetime) -> None:
    """Readers first, then the letters in their months, to whoever read them at that time."""
    magnet = magnets.by_slug(NEWSLETTER_SLUG)
    version = magnets.current_version(magnet.pk) if magnet else None
    if magnet is None or version is None:
        raise AssertionError("the newsletter is published first")
    chance, crowd = random.Random(29), people(language="pl", seed=211)
    moments: list[tuple[datetime, tuple[int, int] | DemoIssue]] = [
        (now - timedelta(days=days), (asked, confirmed)) for days, asked, confirmed in WAVES
    ]
    moments += [(now - timedelta(days=issue.days_ago), issue) for issue in SENT_ISSUES]
    for number, (at, told) in enumerate(sorted(moments, key=lambda moment: moment[0])):
        if isinstance(told, DemoIssue):
            _send(told, magnet.pk, by=by, at=at)
            continue
        forms = [_form(version.version_id, next(crowd).email, at, chance) for _ in range(told[0])]
        submissions_received([ReceivedRecord(STREAM, number + 1, place, form) for place, form in enumerate(forms)], now=at)
        letters_leave(f"{NEWSLETTER.title} – potwierdź, że chcesz te listy", now=at + timedelta(seconds=2))
        keys = keys_of_grants(forms[: told[1]])
        confirm(keys, now=at + CONFIRM_AFTER)
        opened = at + CONFIRM_AFTER + FILE_AFTER
        files_served([FileServed(at=ms(opened), grant_key=key.grant) for key in keys], now=opened)
        react_until_quiet(now=opened)
    # Most boxes of the other magnets are kept; what the English ones promise waits for somebody to choose.
    for box in boxes.boxes():
        if box.language == "pl" and box.people:
            keeping.keep_box(source_id=box.source_id, magnet_id=magnet.pk, topic="measured", by=by, now=now)
    writing.create_issue(WRITTEN_NOW, magnet_id=magnet.pk, language="pl", by=by, now=now - timedelta(hours=3))


def _form(version_id: int, email: str, at: datetime, chance: random.Random) -> SubmissionReceived:
    ref = f"demo-letters-{chance.randrange(10**12)}"
    sources = (Origin(source="google", medium="organic", referrer_host="www.google.com"), Origin(), Origin(source="facebook"))
    return SubmissionReceived(
        at=ms(at),
        ref=ref,
        nonce=ref,
        slug=NEWSLETTER_SLUG,
        version_id=version_id,
        language="pl",
        answers={"email": email, "q.topics": chance.choice(("measured", "grants", "measured grants", "measured grants"))},
        ticked=("newsletter-email",),
        origin=chance.choice(sources),
        fill_ms=chance.randint(7_000, 35_000),
        network="192.0.2.0/24",
    )


def _send(issue: DemoIssue, magnet_id: int, *, by: int, at: datetime) -> None:
    """The letter counts as sent, although none was ever composed: nobody lives at these addresses."""
    issue_id = writing.create_issue(issue.draft, magnet_id=magnet_id, language="pl", by=by, now=at - timedelta(hours=2))
    refused = sending.plan_issue(issue_id=issue_id, revision=1, at=at, wall="", zone="Europe/Warsaw", by=by, now=at)
    if refused:
        raise AssertionError(f"{issue.draft.subject}: {refused}")
    sending.begin_issue(issue_id=issue_id, now=at)
    while sending.reach_next(issue_id=issue_id, now=at):
        pass
    claimed = gateway.claim(message_class=MessageClass.MARKETING, limit=500, worker=WORKER, now=at)
    leaving = gateway.screen(claimed, worker=WORKER, limits=Limits(), now=at)
    subjects = dict.fromkeys(leaving, issue.draft.subject)
    permitted = gateway.settle_and_permit([], subjects, worker=WORKER, limits=Limits(), now=at)
    gateway.settle_and_permit([Result(pk, SENT) for pk in permitted], {}, worker=WORKER, limits=Limits(), now=at)
    sending.end_if_done(issue_id=issue_id, now=at + timedelta(minutes=1))
