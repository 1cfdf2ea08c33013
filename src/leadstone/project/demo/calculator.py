"""The demo company's calculator: what insulation would save in a year, as a range, with an honest "there is no hurry"."""

import msgspec

from leadstone.project.demo.catalogue import polish_contract
from leadstone.wire.definition import AskedField, FieldKey, IncentiveClass, MagnetDefinition, NextStep

CALCULATOR_SLUG = "calculator"

_CONTRACT = polish_contract("Przedział w złotych: ile rocznie da ocieplenie domu, z czego to liczymy i co zrobić najpierw.")

CALCULATOR = MagnetDefinition(
    kind="calculator",
    language="pl",
    title="Ile rocznie oszczędzi ocieplenie Twojego domu?",
    promise="Pięć danych o domu i wiesz, między jakimi kwotami leży oszczędność i od czego zacząć.",
    points=(
        "Przedział zamiast jednej ładnej liczby",
        "Przy wyniku piszemy, skąd są dane i z kiedy",
        "Gdy nie ma po co się spieszyć, mówimy to wprost",
    ),
    proof="Zużycie i udziały oszczędności: 63 audyty domów jednorodzinnych na Mazowszu i w Wielkopolsce, 2023–2026.",
    button="Wyślij mi wynik",
    incentive=IncentiveClass.TOOL,
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
        "questions": [
            {
                "key": "powierzchnia",
                "text": "Ile metrów kwadratowych ma dom?",
                "note": "Bez garażu i piwnicy.",
                "unit": "m²",
                "least": "40",
                "most": "400",
            },
            {
                "key": "stan",
                "text": "W jakim stanie jest dom?",
                "type": "choice",
                "options": [
                    {"key": "stary", "text": "Bez ocieplenia, stare okna"},
                    {"key": "czesc", "text": "Częściowo ocieplony"},
                    {"key": "dobry", "text": "Ocieplony, okna po 2000 roku"},
                ],
            },
            {
                "key": "zakres",
                "text": "Co chcesz ocieplić?",
                "type": "choice",
                "options": [
                    {"key": "strop", "text": "Strop albo dach"},
                    {"key": "sciany", "text": "Ściany"},
                    {"key": "oba", "text": "Ściany i strop"},
                ],
            },
            {
                "key": "paliwo",
                "text": "Czym ogrzewasz dom?",
                "type": "choice",
                "options": [
                    {"key": "gaz", "text": "Gazem ziemnym", "number": "0.40"},
                    {"key": "wegiel", "text": "Węglem", "number": "0.34"},
                    {"key": "pellet", "text": "Pelletem", "number": "0.40"},
                    {"key": "pompa", "text": "Pompą ciepła", "number": "0.36"},
                    {"key": "prad", "text": "Prądem, bez pompy ciepła", "number": "1.10"},
                ],
            },
            {
                "key": "caly",
                "text": "Czy zimą ogrzewasz cały dom?",
                "type": "yes_no",
                "note": "„Nie”, jeśli część pokoi stoi zimna.",
            },
        ],
        "tables": [
            {"key": "cieplo", "rows": [["stary", "190"], ["czesc", "130"], ["dobry", "80"]]},
            {
                "key": "najmniej",
                "rows": [
                    ["stary", "strop", "0.10"],
                    ["stary", "sciany", "0.15"],
                    ["stary", "oba", "0.25"],
                    ["czesc", "strop", "0.08"],
                    ["czesc", "sciany", "0.10"],
                    ["czesc", "oba", "0.15"],
                    ["dobry", "strop", "0.03"],
                    ["dobry", "sciany", "0.03"],
                    ["dobry", "oba", "0.05"],
                ],
            },
            {
                "key": "najwiecej",
                "rows": [
                    ["stary", "strop", "0.20"],
                    ["stary", "sciany", "0.30"],
                    ["stary", "oba", "0.45"],
                    ["czesc", "strop", "0.15"],
                    ["czesc", "sciany", "0.20"],
                    ["czesc", "oba", "0.30"],
                    ["dobry", "strop", "0.08"],
                    ["dobry", "sciany", "0.08"],
                    ["dobry", "oba", "0.12"],
                ],
            },
        ],
        "values": [
            {"key": "ogrzewane", "formula": "if(caly; powierzchnia; powierzchnia * 0.7)"},
            {"key": "koszt", "formula": "ogrzewane * lookup(cieplo; stan) * paliwo"},
        ],
        "low": "koszt * lookup(najmniej; stan; zakres)",
        "high": "koszt * lookup(najwiecej; stan; zakres)",
        "unit": "zł rocznie",
        "brackets": [
            {
                "key": "malo",
                "title": "Nie ma pośpiechu",
                "text": "Tyle mniej zapłacisz za ogrzewanie w przeciętną zimę. To za mało, żeby prace szybko się zwróciły.",
                "advice": "Najpierw uszczelnij okna i wyreguluj piec: to prawie nic nie kosztuje. Audytu nie potrzebujesz.",
            },
            {
                "key": "warto",
                "at_least": "1500",
                "title": "Warto policzyć dokładniej",
                "text": "Tyle mniej zapłacisz za ogrzewanie w przeciętną zimę, przy dzisiejszych cenach paliwa.",
                "advice": "Poproś o wycenę prac i podziel ją przez tę kwotę: wyjdzie, po ilu latach się zwrócą.",
            },
            {
                "key": "duzo",
                "at_least": "4000",
                "title": "Ocieplenie daje tu najwięcej",
                "text": "Tyle mniej zapłacisz za ogrzewanie w przeciętną zimę, przy dzisiejszych cenach paliwa.",
                "advice": "Ociepl dom, zanim wymienisz źródło ciepła: wystarczy wtedy mniejsze. Zapytaj o dotacje w gminie.",
            },
        ],
        "basis": (
            "Zużycie ciepła i udziały oszczędności bierzemy z naszych 63 audytów. Ceny to średnie z taryf i ofert, "
            "przeliczone na kilowatogodzinę ciepła w domu: gaz 0,40 zł, węgiel 0,34 zł, pellet 0,40 zł, pompa ciepła 0,36 zł, "
            "prąd 1,10 zł. Twoja zima i Twoje ceny mogą być inne."
        ),
        "basis_date": "2026-10-01",
    },
)
