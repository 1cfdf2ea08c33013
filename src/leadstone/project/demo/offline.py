"""Leads that salespeople brought by hand: a fair in Gdańsk, and a breakfast at the chamber of commerce."""

from dataclasses import dataclass

from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType

FAIR = "Targi Dom i Energia, Gdańsk"
BREAKFAST = "Chamber of commerce breakfast, Poznań"


@dataclass(frozen=True)
class Meeting:
    """One conversation that was worth writing down."""

    days_ago: int
    name: str
    email: str
    phone: str
    company: str
    channel: ChannelType
    where_met: str
    basis: Basis


MEETINGS = (
    Meeting(
        19,
        "Bożena Lis",
        "b.lis@termomax.example",
        "+48 602 114 870",
        "Termomax S.A.",
        ChannelType.TRADE_FAIR,
        FAIR,
        Basis.GAVE_CARD,
    ),
    Meeting(19, "Witold Ćwikła", "", "+48 781 330 642", "", ChannelType.TRADE_FAIR, FAIR, Basis.ASKED_US),
    Meeting(
        18,
        "Ingrid Larsen",
        "ingrid@northwind-homes.example",
        "",
        "Northwind Homes Ltd",
        ChannelType.TRADE_FAIR,
        FAIR,
        Basis.GAVE_CARD,
    ),
    Meeting(
        18,
        "Dariusz Żak",
        "d.zak@instal-bud.example",
        "+48 660 218 905",
        "Instal-Bud",
        ChannelType.TRADE_FAIR,
        FAIR,
        Basis.GAVE_CARD,
    ),
    Meeting(18, "Łucja Stępień", "lucja.stepien@poczta.example.org", "", "", ChannelType.TRADE_FAIR, FAIR, Basis.ASKED_US),
    Meeting(
        6,
        "Marek Sikora",
        "marek@architekci-sm.example",
        "+48 501 772 431",
        "Architekci Sikora i Mazur",
        ChannelType.CHAMBER_OF_COMMERCE,
        BREAKFAST,
        Basis.GAVE_CARD,
    ),
    Meeting(
        6,
        "Halina Duda",
        "h.duda@zielone-osiedle.example",
        "",
        "Zielone Osiedle",
        ChannelType.CHAMBER_OF_COMMERCE,
        BREAKFAST,
        Basis.GAVE_CARD,
    ),
    Meeting(
        2,
        "Tariq Khan",
        "tariq.khan@home.example.net",
        "+48 887 650 113",
        "",
        ChannelType.PERSONAL_NETWORKING,
        "Emil's neighbour",
        Basis.ASKED_US,
    ),
)
