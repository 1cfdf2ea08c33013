"""What LinkedIn's Lead Sync API tells of a response: answers by the number of their question, and the form that names them.

Shapes: learn.microsoft.com/en-us/linkedin/marketing/lead-sync/lead-sync-schema.
"""

import re
from collections.abc import Mapping, Sequence

from leadstone.domains.inbound.rules import Box, Told, Unreadable
from leadstone.domains.inbound.rules.boxes import as_box, boxes_of
from leadstone.domains.inbound.rules.reading import add_field, as_list, as_object, as_text

_FORM = re.compile(r"urn:li:leadGenForm:([0-9]{1,20})")

Json = Mapping[str, object]


def read_answers(told: Sequence[Json], *, forms: str) -> Told:
    """A response with its form: within it, or as a second answer. Without one the numbers of the questions stand for names.

    `forms`: the address under which forms are told. Raises `Unreadable`.
    """
    lead = told[0]
    response = lead.get("formResponse")
    if not isinstance(response, dict):
        raise Unreadable
    form = told[1] if len(told) > 1 else as_object(lead.get("form") or {})
    content, locale = as_object(form.get("content") or {}), _locale(form.get("creationLocale"))
    fields = _fields(response, as_list(content.get("questions") or []), locale=locale)
    for each in as_list(form.get("hiddenFields") or []):
        hidden = as_object(each)
        add_field(fields, hidden.get("name"), hidden.get("value"))
    named = _FORM.search(str(lead.get("versionedLeadGenFormUrn", "")))
    return Told(
        fields=fields,
        boxes=_boxes(response, as_object(content.get("legalInfo") or {}), locale=locale),
        is_test=lead.get("testLead") is True,
        more=f"{forms}{named[1]}" if named and not content and len(told) == 1 else "",
    )


def _fields(response: Json, questions: Sequence[object], *, locale: str) -> dict[str, str]:
    asked = {each.get("questionId"): each for each in map(as_object, questions) if _is_number(each.get("questionId"))}
    fields: dict[str, str] = {}
    for each in as_list(response.get("answers") or []):
        answer = as_object(each)
        number = answer.get("questionId")
        if _is_number(number):
            question = asked.get(number, {})
            said = _answered(as_object(answer.get("answerDetails") or {}), question, locale=locale)
            add_field(fields, _name(question, locale=locale) or f"question {number}", said)
    return fields


def _name(question: Json, *, locale: str) -> str:
    """Its predefined field, which is the same in every language; else the words that it is asked in."""
    return (
        as_text(question.get("predefinedField"))
        or _words(question.get("question"), locale=locale)
        or as_text(question.get("name"))
    )


def _answered(details: Json, question: Json, *, locale: str) -> str:
    text = as_object(details.get("textQuestionAnswer") or {})
    if text:
        return as_text(text.get("answer"))
    chosen = as_list(as_object(details.get("multipleChoiceAnswer") or {}).get("options") or [])
    offered = as_object(as_object(question.get("questionDetails") or {}).get("multipleChoiceQuestionDetails") or {})
    words = {
        option.get("id"): _words(option.get("text"), locale=locale)
        for option in map(as_object, as_list(offered.get("options") or []))
        if _is_number(option.get("id"))
    }
    return as_text([words.get(number, "") or number for number in chosen if _is_number(number)])


def _boxes(response: Json, legal: Json, *, locale: str) -> tuple[Box, ...]:
    """The boxes of the form with what was answered; one that had to be ticked was nobody's choice."""
    accepted = {
        each.get("consentId"): each.get("accepted")
        for each in map(as_object, as_list(response.get("consentResponses") or []))
        if _is_number(each.get("consentId"))
    }
    found = []
    for each in as_list(legal.get("consents") or []):
        box = as_object(each)
        if _is_number(box.get("id")) and box["id"] in accepted:
            words = _words(box.get("consent"), locale=locale)
            free = box.get("checkRequired") is not True
            found.append(as_box(words, ticked=accepted[box["id"]], free=free, language=locale))
    return boxes_of(found)


def _words(text: object, *, locale: str) -> str:
    """Words of a MultiLocaleString, in the language of the form if they are there."""
    said = as_object(as_object(text or {}).get("localized") or {})
    return next((each for each in (said.get(locale), *said.values()) if isinstance(each, str) and each.strip()), "")


def _locale(told: object) -> str:
    """`pl_PL`, as it stands in the words of a form."""
    locale = as_object(told or {})
    return "_".join(part for part in (locale.get("language"), locale.get("country")) if isinstance(part, str))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
