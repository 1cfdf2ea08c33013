"""The demo company's sample: a piece of wood-fibre insulation by post, with a shelf, a queue, and some that have left."""


import msgspec

from leadstone.project.demo.catalogue import polish_contract
from leadstone.wire.definition import AskedField, Channel, FieldKey, MagnetDefinition, NextStep

SAMPLE_SLUG = "sample"

_CONTRACT = polish_contract("Jedna próbka płyty z włókna drzewnego pocztą, bezpłatnie. Niczego nie trzeba odsyłać.")

SAMPLE = MagnetDefinition(
    kind="sample",
    language="pl",
    title="Weź ocieplenie do ręki: próbka płyty z włókna drzewnego",
    promise="Kawałek 12 × 12 cm i grubość 16 cm: taka, jaką naprawdę kładzie się na dach. Dotknij, zważ, podpal zapalniczką.",
    points=(
        "Próbka 12 × 12 × 16 cm, 290 g",
        "Karta z parametrami, które da się sprawdzić na budowie",
        "Jedna na gospodarstwo domowe, dopóki leżą na półce",
    ),
    proof="Od 2024 roku wysłaliśmy 212 próbek; 9 na 10 wyszło w ciągu dwóch dni.",
    button="Wyślij mi próbkę",
    contract=msgspec.structs.replace(
        _CONTRACT,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy numer paczki.", required=True),
            AskedField(key=FieldKey.NAME, reason="Na etykietę paczki.", required=True),
            AskedField(key=FieldKey.STREET, reason="Idzie tam jedna paczka i nic więcej.", required=True),
            AskedField(key=FieldKey.POSTCODE, reason="Dla poczty.", required=True),
            AskedField(key=FieldKey.CITY, reason="Dla poczty.", required=True),
            AskedField(key=FieldKey.COUNTRY, reason="Tylko jeśli to nie Polska."),
        ),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="Od razu: jedna wiadomość z przyciskiem, który odkłada próbkę dla Ciebie."),
            NextStep(channel=Channel.EMAIL, text="Gdy paczka wyjdzie: jedna wiadomość z jej numerem."),
            NextStep(channel=Channel.EMAIL, text="Po 14 dniach: jedno pytanie, czy było jak w opisie.", asks_after_days=14),
            *_CONTRACT.next_steps[1:],
        ),
        without_marketing="Nie zaznaczaj pola z listem: próbkę dostaniesz tak samo.",
    ),
    settings={
        "item": "próbka płyty z włókna drzewnego, 12 × 12 × 16 cm, z kartą parametrów",
        "worth_minor": 1900,
        "currency": "PLN",
        "within_days": 3,
    },
)
