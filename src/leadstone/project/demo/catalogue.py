"""What the demo company offers: six honest magnets, and one that collects addresses."""

from dataclasses import dataclass

from leadstone.wire.definition import (
    AskedField,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    IncentiveClass,
    MagnetDefinition,
    NextStep,
    Purpose,
    SalesIntent,
)

LETTER = Purpose.NEWSLETTER
MAIL = Channel.EMAIL


@dataclass(frozen=True)
class DemoMagnet:
    """One magnet, and what came of it: people who sent the form, sales, and how those who answered rated the promise."""

    slug: str
    document: str  # project/demo/files/<document>.pdf
    definition: MagnetDefinition
    leads: int
    customers: int
    viewed_per_lead: float
    confirmed: float  # share of mailboxes that were proven
    rated: tuple[int, int, int]  # weights of "yes", "partly", "no"


POLISH_LETTER = ConsentOffer(
    key="newsletter-email",
    purpose=LETTER,
    channel=MAIL,
    text="Proszę o list o ogrzewaniu domu, raz w miesiącu, od Ciepło Polskie. Mogę zrezygnować jednym kliknięciem.",
)
ENGLISH_LETTER = ConsentOffer(
    key="newsletter-email",
    purpose=LETTER,
    channel=MAIL,
    text="Send me one letter a month about heating a house, from Ciepło Polskie. I can leave with one click.",
)

POLISH_CALL = ConsentOffer(
    key="offers-phone",
    purpose=Purpose.OFFERS,
    channel=Channel.PHONE,
    text="Proszę o telefon w sprawie mojej oferty i tego, co Ciepło Polskie może w niej zrobić. Mogę to cofnąć w każdej chwili.",
)
POLISH_QUESTION = AskedField(key=FieldKey.QUESTION, reason="Napisz, co Cię zastanawia, a inżynier odpisze.")


def polish_contract(you_get: str, *more: AskedField, call: str = "") -> Contract:
    """The exchange as the company usually offers it, in Polish; `call` declares a telephone call and asks for leave."""
    calls = (NextStep(channel=Channel.PHONE, text=call, purpose=Purpose.OFFERS),) if call else ()
    return Contract(
        you_get=you_get,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy link do pliku.", required=True),
            AskedField(key=FieldKey.NAME, reason="Żebyśmy wiedzieli, jak się do Ciebie zwrócić."),
            *more,
        ),
        next_steps=(
            NextStep(channel=MAIL, text="Od razu: jedna wiadomość z plikiem."),
            NextStep(channel=MAIL, text="Raz w miesiącu jeden list o ogrzewaniu domu.", purpose=LETTER),
            *calls,
        ),
        sells="Sprzedajemy audyty cieplne domów (1290 zł) i projekty instalacji z pompą ciepła.",
        scored="Oceniamy, na ile zgłoszenie dotyczy tego, co robimy; ocenę i jej powody pokażemy na prośbę.",
        without_marketing="Nie zaznaczaj pola z listem: plik dostaniesz tak samo.",
        retention_months=12,
        deletion="Po 12 miesiącach ciszy albo od razu, jednym kliknięciem w wiadomości.",
        consents=(POLISH_LETTER, POLISH_CALL) if call else (POLISH_LETTER,),
    )


def english_contract(you_get: str, *more: AskedField, call: str = "") -> Contract:
    """The same in English."""
    calls = (NextStep(channel=Channel.PHONE, text=call),) if call else ()
    return Contract(
        you_get=you_get,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="That is where we send the link.", required=True),
            AskedField(key=FieldKey.NAME, reason="So that we know how to address you."),
            *more,
        ),
        next_steps=(
            NextStep(channel=MAIL, text="At once: one mail with the file."),
            NextStep(channel=MAIL, text="One letter a month about heating a house.", purpose=LETTER),
            *calls,
        ),
        sells="We sell heat-loss audits of houses (1,290 zł) and heat-pump designs.",
        scored="We score how close a request is to what we do; you can see the score and its reasons.",
        without_marketing="Leave the box empty: you get the file all the same.",
        retention_months=12,
        deletion="After 12 quiet months, or at once with a click in the mail.",
        consents=(ENGLISH_LETTER,),
    )


GUIDE = DemoMagnet(
    slug="guide",
    document="heat-pump-quote",
    definition=MagnetDefinition(
        kind="guide",
        language="en",
        title="Read a heat-pump quote like an engineer",
        promise="Seven numbers to look for in any quote, three to ask for, and a checklist for the table.",
        points=(
            "The one number that settles most arguments",
            "A worked example with three real quotes",
            "What is missing from quotes, and what it costs later",
        ),
        proof="From 63 audits in Mazowsze and Wielkopolska, 2023–2026. Reading takes fifteen minutes.",
        button="Send me the guide",
        contract=english_contract(
            "A PDF of three pages, with a checklist to print.",
            AskedField(key=FieldKey.QUESTION, reason="Tell us what puzzles you in your quote, and an engineer answers by mail."),
        ),
    ),
    leads=63,
    customers=6,
    viewed_per_lead=6.5,
    confirmed=0.86,
    rated=(28, 3, 1),
)

OFFER = DemoMagnet(
    slug="oferta",
    document="oferta-pompa",
    definition=MagnetDefinition(
        kind="guide",
        language="pl",
        title="Oferta na pompę ciepła oczami inżyniera",
        promise="Siedem liczb, których warto szukać w ofercie, trzy, o które trzeba zapytać, i przykład z licznika.",
        points=(
            "Jedna liczba, która rozstrzyga większość sporów",
            "Przykład: trzy oferty na ten sam dom",
            "Czego w ofertach brakuje i ile to potem kosztuje",
        ),
        proof="Z 63 audytów na Mazowszu i w Wielkopolsce, 2023–2026. Czytanie zajmuje kwadrans.",
        button="Wyślij mi poradnik",
        contract=polish_contract(
            "PDF, trzy strony, z listą kontrolną do wydruku.",
            AskedField(key=FieldKey.PHONE, reason="Jeśli wolisz porozmawiać o swojej ofercie niż pisać."),
            POLISH_QUESTION,
            call="Jeśli podasz numer: jeden telefon od inżyniera w ciągu trzech dni, nic więcej.",
        ),
    ),
    leads=118,
    customers=11,
    viewed_per_lead=7.2,
    confirmed=0.84,
    rated=(41, 5, 1),
)

REPORT = DemoMagnet(
    slug="raport",
    document="raport-koszty",
    definition=MagnetDefinition(
        kind="report",
        language="pl",
        title="Ile naprawdę kosztuje ciepło",
        promise="Rachunki 214 domów z jednego sezonu: ile płaci się za metr i co to naprawdę zmienia.",
        points=("Mediany dla pięciu źródeł ciepła", "Co tłumaczy różnice między domami", "Czego ten raport nie mówi"),
        proof="Własne pomiary: 214 domów, sezon 2025/26, metoda opisana na stronie 2.",
        button="Wyślij mi raport",
        contract=polish_contract("PDF, dwie strony z tabelami; dane jako CSV na prośbę."),
    ),
    leads=96,
    customers=7,
    viewed_per_lead=8.4,
    confirmed=0.81,
    rated=(30, 4, 2),
)

TIPS = DemoMagnet(
    slug="przed-zima",
    document="przed-zima",
    definition=MagnetDefinition(
        kind="tip_sheet",
        language="pl",
        title="Dwanaście rzeczy przed zimą",
        promise="Każda na pół godziny, bez fachowca. Ułożone od tej, która oszczędza najwięcej.",
        points=("Sześć, które robią różnicę", "Sześć, które dają spokój", "Ile to daje: zmierzone w 41 domach"),
        proof="Zmierzone w 41 domach przez dwa sezony: średnio 7 % gazu mniej.",
        button="Wyślij mi ściągę",
        incentive=IncentiveClass.TOOL,
        contract=polish_contract("PDF, dwie strony do powieszenia przy kotle."),
    ),
    leads=142,
    customers=4,
    viewed_per_lead=5.1,
    confirmed=0.79,
    rated=(38, 4, 1),
)

PAPER = DemoMagnet(
    slug="audit-method",
    document="audit-method",
    definition=MagnetDefinition(
        kind="white_paper",
        language="en",
        title="How wrong is a heat-loss calculation?",
        promise="Three methods on the same 38 houses, with the errors of each and what they cost.",
        points=("Bills against standard against rule of thumb", "Where the error comes from", "The limits of our own figures"),
        proof="38 houses with heat meters, winter 2024/25. Data and scripts on request.",
        button="Send me the paper",
        contract=english_contract(
            "A PDF of two pages.",
            AskedField(key=FieldKey.COMPANY, reason="Installers and architects get the data set, too."),
        ),
    ),
    leads=21,
    customers=3,
    viewed_per_lead=5.8,
    confirmed=0.95,
    rated=(9, 1, 0),
)

BOOK = DemoMagnet(
    slug="cieply-dom",
    document="cieply-dom",
    definition=MagnetDefinition(
        kind="ebook",
        language="pl",
        title="Ciepły dom krok po kroku",
        promise="Kolejność prac, która nie każe płacić dwa razy: od pomiaru przez strop po źródło ciepła.",
        points=("Osiem kroków we właściwej kolejności", "Koszt i zwrot każdej pracy", "Dlaczego kocioł jest ostatni"),
        proof="Z audytów domów jednorodzinnych; ceny z jesieni 2026.",
        button="Wyślij mi e-book",
        contract=polish_contract("PDF do czytania na telefonie albo na papierze.", POLISH_QUESTION),
    ),
    leads=74,
    customers=5,
    viewed_per_lead=6.9,
    confirmed=0.83,
    rated=(22, 3, 1),
)

TRAP = DemoMagnet(
    slug="triple-your-savings",
    document="triple-savings",
    definition=MagnetDefinition(
        kind="tip_sheet",
        language="en",
        title="Triple your savings",
        promise="The secret that energy companies do not want you to know. Every month one reader wins 500 zł.",
        points=("The secret", "The trick", "The prize"),
        proof="Thousands of homeowners already save.",
        button="I want to save",
        incentive=IncentiveClass.PRIZE,
        sales_intent=SalesIntent.HIDDEN,
        contract=Contract(
            you_get="A tip sheet, and a chance to win.",
            asks=(
                AskedField(key=FieldKey.EMAIL, reason="To take part.", required=True),
                AskedField(key=FieldKey.NAME, reason="To take part.", required=True),
                AskedField(key=FieldKey.PHONE, reason="To tell you that you won."),
            ),
            next_steps=(
                NextStep(channel=MAIL, text="A mail with your tip sheet."),
                NextStep(channel=Channel.PHONE, text="An adviser may call."),
            ),
            sells="We care about your home.",
            scored="Answers are scored.",
            without_marketing="Nothing else is sent.",
            retention_months=36,
            deletion="After 36 months.",
        ),
    ),
    leads=412,
    customers=0,
    viewed_per_lead=3.4,
    confirmed=0.41,
    rated=(31, 20, 26),
)

MAGNETS = (GUIDE, OFFER, REPORT, TIPS, PAPER, BOOK, TRAP)
