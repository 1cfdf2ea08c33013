"""The demo company's quiz: whether a house is ready for a heat pump, with an honest "not yet" and an honest "without us"."""

import msgspec

from leadstone.project.demo.catalogue import polish_contract
from leadstone.wire.definition import AskedField, FieldKey, MagnetDefinition, NextStep

QUIZ_SLUG = "quiz"

_CONTRACT = polish_contract("Wynik: na ile dom jest gotowy, co zrobić najpierw i ile punktów mają dom i instalacja.")

QUIZ = MagnetDefinition(
    kind="quiz",
    language="pl",
    title="Czy Twój dom jest gotowy na pompę ciepła?",
    promise="Pięć pytań o dom i instalację. Na końcu wiesz, od czego zacząć i czy w ogóle się spieszyć.",
    points=(
        "Bez żargonu, dwie minuty",
        "Wynik mówi też wprost, kiedy nikogo nie potrzebujesz",
        "Żadnych pytań o Ciebie, tylko o dom",
    ),
    proof="Progi wzięliśmy z 63 audytów domów jednorodzinnych na Mazowszu i w Wielkopolsce, 2023–2026.",
    button="Wyślij mi wynik",
    contract=msgspec.structs.replace(
        _CONTRACT,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy wynik.", required=True),
            AskedField(key=FieldKey.NAME, reason="Żebyśmy wiedzieli, jak się do Ciebie zwrócić."),
        ),
        next_steps=(
            NextStep(channel=_CONTRACT.next_steps[0].channel, text="Od razu: jedna wiadomość z wynikiem."),
            *_CONTRACT.next_steps[1:],
        ),
        without_marketing="Nie zaznaczaj pola z listem: wynik dostaniesz tak samo.",
    ),
    settings={
        "categories": [{"key": "house", "name": "Dom"}, {"key": "system", "name": "Instalacja"}],
        "questions": [
            {
                "key": "stage",
                "text": "Na jakim etapie jest dom?",
                "options": [
                    {"key": "plan", "text": "Dopiero projekt", "points": {"house": 3}, "then": "flow", "tags": ["Budowa"]},
                    {"key": "new", "text": "Zbudowany po 2010 roku", "points": {"house": 3}, "tags": ["Nowy dom"]},
                    {"key": "old", "text": "Starszy", "tags": ["Starszy dom"]},
                ],
            },
            {
                "key": "walls",
                "text": "Co jest ocieplone?",
                "type": "multiple",
                "required": False,
                "note": "Jeśli nic, przejdź dalej.",
                "options": [
                    {"key": "walls", "text": "Ściany", "points": {"house": 2}},
                    {"key": "roof", "text": "Dach albo strop", "points": {"house": 2}},
                    {"key": "windows", "text": "Okna wymienione po 2000 roku", "points": {"house": 1}},
                ],
            },
            {
                "key": "flow",
                "text": "Czym dom jest albo będzie ogrzewany?",
                "options": [
                    {"key": "floor", "text": "Podłogówką w całym domu", "points": {"system": 4}, "tags": ["Podłogówka"]},
                    {
                        "key": "mixed",
                        "text": "Podłogówką i grzejnikami",
                        "points": {"system": 2},
                        "tags": ["Podłogówka", "Grzejniki"],
                    },
                    {"key": "radiators", "text": "Samymi grzejnikami", "tags": ["Grzejniki"]},
                ],
            },
            {
                "key": "warm",
                "text": "Jak ciepło jest w domu przy −10 °C?",
                "type": "scale",
                "least": 1,
                "most": 5,
                "least_words": "marzniemy",
                "most_words": "przyjemnie",
                "points": {"system": 1},
            },
            {
                "key": "worry",
                "text": "Co Cię najbardziej zastanawia?",
                "type": "text",
                "required": False,
                "note": "Jednym zdaniem. Inżynier to przeczyta.",
            },
        ],
        "outcomes": [
            {
                "key": "first-the-house",
                "title": "Najpierw dom, potem pompa",
                "text": "Dziś pompa grzałaby ogród. Ocieplenie i okna zwrócą się szybciej niż każde nowe źródło ciepła.",
                "advice": "Zacznij od stropu: kosztuje najmniej i daje najwięcej. Do tego nie potrzebujesz audytu.",
            },
            {
                "key": "nearly",
                "title": "Blisko: policz, zanim kupisz",
                "text": "Dom da się ogrzać pompą, ale od obliczeń zależy, czy będzie to tanie.",
                "advice": "Poproś o obliczenie strat ciepła pokój po pokoju. Możesz zamówić je u nas albo u każdego projektanta.",
                "at_least": 5,
                "offers": True,
            },
            {
                "key": "ready",
                "title": "Gotowy",
                "text": "Dom i instalacja pasują do pompy ciepła.",
                "advice": "Zbierz trzy oferty i porównaj w nich moc przy −7 °C. Audyt nic już tu nie zmieni.",
                "at_least": 9,
            },
        ],
    },
)
