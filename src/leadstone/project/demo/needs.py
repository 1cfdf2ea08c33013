"""What people of the demo company struggle with: questions in their forms, and words to their answers."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, groupby, islice
from uuid import UUID

import msgspec

from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets import services
from leadstone.domains.needs import queries
from leadstone.domains.needs import services as needs
from leadstone.domains.needs.rules.listening import Verdict
from leadstone.flows.promises_watched import watch_promises
from leadstone.kernel.folding import fold
from leadstone.project.demo.history import keys_of
from leadstone.project.demo.visits import Plan
from leadstone.wire.definition import FieldKey

FALLING_SLUG = "przed-zima"
# What a theme is about, by the beginning of a telling word, and the magnet that the marketer named as its answer. Grants for
# the taking are nobody's magnet yet.
ANSWERED_BY = {"rachunk": "raport", "okna": "cieply-dom", "radiator": "guide", "plesn": "cieply-dom"}
FALLING_ANSWERS = 22
USUAL_ANSWERS = 6

# Each line is one person's; the lists are the themes that a reader would find in them.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "pl": (
        # rachunki
        "Rachunki za prąd zimą mnie przerażają. Ile naprawdę kosztuje ogrzewanie pompą?",
        "Skąd się biorą tak wysokie rachunki za prąd przy pompie sąsiada?",
        "Rachunek za prąd w styczniu: 1400 zł. Czy da się go obniżyć?",
        "Jaka taryfa na prąd, żeby rachunki za ogrzewanie nie zabiły?",
        "Boję się rachunków za prąd, zużycie w zimie będzie ogromne.",
        "Jak obniżyć rachunki za ogrzewanie prądem w starym domu?",
        "Czy rachunki za prąd wzrosną po wymianie pieca gazowego?",
        "Zużycie prądu zimą wyszło dwa razy większe, niż obiecywali. Rachunki rosną.",
        # hałas
        "Czy jednostka zewnętrzna jest głośna? Sąsiad ma sypialnię przy płocie.",
        "Hałas pompy w nocy: jak daleko od okna sąsiada ją postawić?",
        "Jaki hałas robi jednostka zewnętrzna przy minus dziesięciu?",
        "Sąsiad skarży się na hałas. Czy ekran akustyczny coś daje?",
        "Ile decybeli ma jednostka w nocy, hałas to dla nas główna obawa.",
        "Czy hałas jednostki da się wyciszyć podkładkami pod nóżki?",
        # dotacje
        "Czy dotacja z Czystego Powietrza obejmuje też wymianę grzejników?",
        "Jak złożyć wniosek o dotację Czyste Powietrze krok po kroku?",
        "Dotacja z Czystego Powietrza: czy wniosek składa się przed montażem?",
        "Jakie progi dochodu ma Czyste Powietrze i ile wynosi dotacja?",
        "Odrzucili mój wniosek o dotację z Czystego Powietrza. Co dalej?",
        "Czy Czyste Powietrze i ulga termomodernizacyjna się wykluczają? Dotacja już przyznana.",
        "Ile się czeka na dotację z Czystego Powietrza po złożeniu wniosku?",
        # pleśń
        "Pleśń na ścianie w rogu sypialni, wraca każdej zimy.",
        "Skąd pleśń przy oknach po ociepleniu i jak się pozbyć wilgoci?",
        "Czarna pleśń w łazience, wilgoć na ścianie mimo wentylacji.",
        "Wilgoć i pleśń w piwnicy: najpierw osuszać czy najpierw ocieplać?",
        "Dziecko kaszle, w pokoju pleśń na ścianie. Od czego zacząć z wilgocią?",
        "Czy rekuperacja usunie wilgoć i pleśń ze ściany północnej?",
        # okna
        "Stare okna drewniane: wymienić przed pompą czy wystarczą uszczelki?",
        "Czy wymiana starych okien się zwróci, wieje od nich zimą?",
        "Ile ciepła ucieka przez stare okna skrzynkowe? Wymiana czy renowacja?",
        "Stare okna ciągną zimnem, uszczelki nie pomagają. Wymieniać?",
        "Wymiana okien czy najpierw ocieplenie? Okna mają trzydzieści lat.",
        # fotowoltaika
        "Czy fotowoltaika 6 kWp wystarczy dla pompy i auta?",
        "Mam fotowoltaikę i magazyn energii. Jak je połączyć z pompą?",
        "Czy opłaca się magazyn energii, jeśli fotowoltaika oddaje nadwyżki za grosze?",
        "Fotowoltaika na dachu wschód-zachód i pompa: ile paneli dołożyć?",
        "Jak ustawić pompę, żeby grzała wtedy, gdy pracuje fotowoltaika?",
        "Panele fotowoltaiczne mam od roku. Czy magazyn energii pomoże zimą?",
    ),
    "en": (
        "How loud is the outdoor unit at night? Our neighbour sleeps next to the fence.",
        "Noise of the outdoor unit worries us, the neighbour already complained.",
        "Is there a way to cut the noise of an outdoor unit at night?",
        "What noise level should a quote promise for the outdoor unit?",
        "Which radiators have to be replaced when the flow temperature drops?",
        "Are our old radiators too small for a lower flow temperature?",
        "Do we need bigger radiators, or is a flow temperature of 50 degrees fine?",
        "Old radiators and a heat pump: what flow temperature can we run?",
        "My electricity bills doubled last winter, what did we set up wrong?",
        "How do I compare electricity bills before and after the heat pump?",
        "Our electricity bills are far higher than the quote promised.",
        "Which tariff keeps electricity bills low in winter?",
    ),
}
WORDS: dict[Rating, dict[str, tuple[str, ...]]] = {
    Rating.YES: {
        "pl": (
            "Lista kontrolna uratowała nas przed złą ofertą.",
            "Konkretnie i bez lania wody.",
            "Wreszcie rozumiem swoją ofertę.",
        ),
        "en": (
            "The worked example was exactly what we needed.",
            "Clear, and not a sales pitch.",
            "Took it to the installer, worked.",
        ),
    },
    Rating.PARTLY: {
        "pl": (
            "Zabrakło czegoś o rachunkach za prąd po zmianie taryfy.",
            "Dobre, ale ani słowa o hałasie jednostki zewnętrznej.",
        ),
        "en": ("Good, but nothing about the noise of the outdoor unit.", "I missed a page on radiators and flow temperature."),
    },
    Rating.NO: {
        "pl": (
            "Ceny sprzed dwóch lat, nieaktualne.",
            "Nieaktualne ceny i stara taryfa, strata czasu.",
            "Obiecaliście aktualne ceny, a są z 2023 roku.",
        ),
        "en": ("The prices are two years old.", "I expected a checklist, the file has none."),
    },
}


def with_questions(plan: Plan) -> None:
    """Let whoever asked something in their form ask one of these, each in turn."""
    waiting = {language: cycle(texts) for language, texts in QUESTIONS.items()}
    for _at, visits in plan.groups:
        for place, visit in enumerate(visits):
            if FieldKey.QUESTION.value in visit.record.answers:
                text = next(waiting[visit.magnet.definition.language])
                answers = visit.record.answers | {FieldKey.QUESTION.value: text}
                visits[place] = replace(visit, record=msgspec.structs.replace(visit.record, answers=answers))


def answers_after_use(plan: Plan, *, now: datetime) -> None:
    """Some who had not answered say in words whether the promise was kept; of one magnet lately mostly that it was not."""
    chance = random.Random(23)
    silent = [visit for _at, visits in plan.groups for visit in visits if visit.confirms and not visit.rating]
    rated: dict[UUID, Rated] = {}
    for slug, some in groupby(sorted(silent, key=lambda visit: visit.magnet.slug), key=lambda visit: visit.magnet.slug):
        visits = list(islice(some, FALLING_ANSWERS if slug == FALLING_SLUG else USUAL_ANSWERS))
        keys = keys_of(visits)
        for visit in visits:
            falling = slug == FALLING_SLUG
            answer = chance.choices(tuple(Rating), (1, 3, 9) if falling else (8, 2, 0))[0]
            words = chance.choice(WORDS[answer][visit.magnet.definition.language])
            ago = timedelta(days=chance.randint(1, 24) if falling else chance.randint(1, 80), hours=chance.randint(0, 20))
            rated[UUID(keys[visit.record.ref].grant)] = Rated(answer, now - ago, words)
    grants.rate(rated)
    watch_promises(now=now)


def themes(*, by: int, now: datetime) -> None:
    """Gather what was said, as the worker would have by now."""
    needs.listen(now=now)
    needs.gather(now=now)
    for line in queries.themes(now=now):
        for stem, slug in ANSWERED_BY.items():
            magnet = magnets.by_slug(slug)
            if magnet is not None and any(fold(word).startswith(stem) for word in line.words[:3]):
                needs.decide_answer(theme_id=line.theme_id, magnet_id=magnet.pk, verdict=Verdict.YES, by=by, now=now)


def languages(*, now: datetime) -> None:
    """The guide to quotes is one magnet in two languages."""
    pair = [magnets.by_slug(slug) for slug in ("guide", "oferta")]
    if all(pair):
        one, other = (each.pk for each in pair if each)
        services.link_languages(magnet_id=one, other_id=other, now=now)
