"""What the servers of LinkedIn and Meta say of a lead, in the shapes that they document."""

import json
from typing import Any

RESPONSE_ID = "249592fc-d272-44ba-a7db-c2bdce579507-6"
BOX = "Zgadzam się na telefon z ofertą pomp ciepła."
TERMS = "Znam regulamin."


def _question(number: int, words: str, predefined: str = "", **details: object) -> dict[str, object]:
    named = {"predefinedField": predefined} if predefined else {}
    return named | {
        "questionId": number,
        "question": {"localized": {"es_ES": words}},
        "name": words,
        "questionDetails": details or {"textQuestionDetails": {"maxResponseLength": 300}},
        "responseRequired": True,
    }


def _text(number: int, answer: str) -> dict[str, object]:
    return {"questionId": number, "answerDetails": {"textQuestionAnswer": {"answer": answer}}}


# https://learn.microsoft.com/linkedin/marketing/lead-sync/leadsync, “leadForms” and “leadFormResponses”.
LINKEDIN_FORM: dict[str, Any] = {
    "id": 7234246,
    "versionId": 1,
    "name": "Form with written spanish",
    "creationLocale": {"country": "ES", "language": "es"},
    "hiddenFields": [{"name": "campo_escondido", "value": "def789"}],
    "content": {
        "headline": {"localized": {"es_ES": "mi titular"}},
        "questions": [
            _question(107234246, "Nombre", "FIRST_NAME"),
            _question(207234246, "Apellidos", "LAST_NAME"),
            _question(307234246, "Correo electrónico", "EMAIL"),
            _question(507234246, "Función", "JOB_FUNCTION"),
            _question(
                707234246,
                "Cuál es tu color favorito",
                multipleChoiceQuestionDetails={
                    "options": [
                        {"id": 0, "text": {"localized": {"es_ES": "Rojo"}}},
                        {"id": 1, "text": {"localized": {"es_ES": "Azul"}}},
                    ]
                },
            ),
        ],
        "legalInfo": {
            "legalInfoId": 107234246,
            "privacyPolicyUrl": "https://example.com/privacy",
            "legalDisclaimer": {"localized": {"es_ES": "tanto texto"}},
            "consents": [
                {"id": 0, "checkRequired": True, "consent": {"localized": {"es_ES": TERMS}}},
                {"id": 1, "checkRequired": False, "consent": {"localized": {"es_ES": BOX}}},
            ],
        },
    },
}
LINKEDIN_LEAD: dict[str, Any] = {
    "id": RESPONSE_ID,
    "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:1234567"},
    "submitter": "urn:li:person:BcLKblgopR",
    "leadType": "SPONSORED",
    "versionedLeadGenFormUrn": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:7234246,1)",
    "submittedAt": 1_689_894_599_288,
    "testLead": False,
    "formResponse": {
        "consentResponses": [{"accepted": True, "consentId": 0}, {"accepted": True, "consentId": 1}],
        "answers": [
            _text(307234246, "kevin@test.example"),
            {"questionId": 707234246, "answerDetails": {"multipleChoiceAnswer": {"options": [0]}}},
            _text(107234246, "Kevin"),
            _text(207234246, "Johonson"),
            _text(507234246, "Ingeniería"),
        ],
    },
    "form": LINKEDIN_FORM,
}
# https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving
GRAPH_LEAD: dict[str, Any] = {
    "id": "77",
    "form_id": "501",
    "created_time": "2026-03-02T08:49:14+0000",
    "field_data": [
        {"name": "full_name", "values": ["Ann Test"]},
        {"name": "email", "values": ["ann@test.example"]},
    ],
    "custom_disclaimer_responses": [
        {"checkbox_key": "calls", "is_checked": "1"},
        {"checkbox_key": "news", "is_checked": ""},
        {"checkbox_key": "partners", "is_checked": "1"},
    ],
}
GRAPH_FORM: dict[str, Any] = {
    "id": "501",
    "locale": "pl_PL",
    "legal_content": {
        "id": "502",
        "custom_disclaimer": {
            "checkboxes": [
                {"key": "calls", "text": BOX, "is_required": False, "is_checked_by_default": False},
                {"key": "news", "text": "Chcę newsletter.", "is_required": False, "is_checked_by_default": False},
                {"key": "partners", "text": "Partnerzy też.", "is_required": False, "is_checked_by_default": True},
            ]
        },
    },
}


def changed(lead: dict[str, Any], *, email: str) -> dict[str, Any]:
    """The same person with another address."""
    return dict(json.loads(json.dumps(lead).replace("kevin@test.example", email)))
