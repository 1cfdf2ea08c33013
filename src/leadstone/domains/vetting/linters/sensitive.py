"""Questions that may not be asked just so: the special kinds of data (GDPR, article 9), and children (article 8)."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Sensitive(StrEnum):
    """What a question asks about that it may not, or not without an explicit consent."""

    HEALTH = "health"
    BELIEFS = "beliefs"
    POLITICS = "politics"
    UNION = "union"
    SEX_LIFE = "sex_life"
    CHILDREN = "children"


# What may be asked under an explicit consent. A child's consent is its parents', and whose it is cannot be told here.
ASKABLE = tuple(kind for kind in Sensitive if kind is not Sensitive.CHILDREN)


def _any(stems: str) -> re.Pattern[str]:
    """A pattern of stems, one a line or between bars, each from the beginning of a word."""
    found = [stem.strip() for line in stems.splitlines() for stem in line.split("¦") if stem.strip()]
    return re.compile("(?<!\\w)(?:" + "|".join(found) + ")", re.IGNORECASE)


# Polish and English together, because a quiz may quote the other language.
_WORDS: Mapping[Sensitive, re.Pattern[str]] = {
    Sensitive.HEALTH: _any(
        r"""
        chor(?:uj|oby|obę|obą|oba|ób|y na|a na) ¦ zdrowi[aue](?!\w) ¦ zdrowotn ¦ zdrowie(?!\w) ¦ diagnozę ¦ zdiagnozowa ¦ lekarstw
        leki(?!\w) ¦ alergi ¦ cukrzyc ¦ nowotwor ¦ depresj ¦ niepełnosprawn ¦ w ciąży(?!\w) ¦ astm[aęy](?!\w) ¦ ile ważysz
        your (?:physical |mental )?health ¦ illness ¦ diseases?(?!\w) ¦ diagnosed ¦ medications?(?!\w) ¦ medicines?(?!\w) ¦ allerg
        diabet ¦ cancer ¦ depress(?:ed|ion)(?!\w) ¦ disabilit ¦ pregnan ¦ asthma ¦ how much do you weigh ¦ chronic pain
        """
    ),
    Sensitive.BELIEFS: _any(
        r"""
        religi ¦ wyznani[aeu](?!\w) ¦ wierz(?:ysz|ący|ąca) w bog ¦ modli(?:sz|twa) ¦ ateist ¦ światopogl ¦ do kościoła
        which church ¦ do you believe in god ¦ do you pray ¦ atheis ¦ your faith ¦ your worldview
        """
    ),
    Sensitive.POLITICS: _any(
        r"""
        politycz ¦ polityk[aęio](?!\w) ¦ na kogo głosu ¦ głosował ¦ wybor(?:ach|y) (?:parl|prez|samorz) ¦ którą partię
        parti[aęi] (?:polit|popier) ¦ politic ¦ (?:did|do|would|will) you vote ¦ voted for ¦ left[- ]wing ¦ right[- ]wing
        which party do you
        """
    ),
    Sensitive.UNION: _any(
        r"""
        związk(?:u|ów|i|iem|ach) zawodow ¦ związek zawodow ¦ trade union ¦ labou?r union ¦ union member ¦ member of a union
        """
    ),
    Sensitive.SEX_LIFE: _any(
        r"""
        seksual ¦ seks(?!\w) ¦ życi[eau] intymn ¦ sexual ¦ sex life ¦ in bed with your partner
        """
    ),
    Sensitive.CHILDREN: _any(
        r"""
        do której klasy (?:chodzisz|zdałeś|zdałaś) ¦ tw(?:oi|oja|ój) (?:rodzice|mama|tata) ¦ zapytaj (?:mamę|tatę|rodziców)
        w twojej szkole ¦ ulubion[ay] (?:zabawk|bajk) ¦ what grade are you in ¦ your (?:mum|mom|mommy|daddy)(?!\w)
        ask your parents ¦ at your school ¦ favou?rite (?:toy|cartoon)
        """
    ),
}


def sensitive_in(text: str) -> Sensitive | None:
    """What `text` asks about that may not be asked just so, or None."""
    return next(iter(sensitive_kinds(text)), None)


def sensitive_kinds(text: str) -> tuple[Sensitive, ...]:
    """Everything that `text` asks about that may not be asked just so."""
    return tuple(kind for kind, words in _WORDS.items() if words.search(text))
