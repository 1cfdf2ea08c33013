"""What may stand between a draft and the public: a code for each, and the place in the editor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class GapCode(StrEnum):
    """Why a draft may not be published yet."""

    BRAND_MISSING = "brand_missing"
    KIND_UNKNOWN = "kind_unknown"
    SETTINGS_WRONG = "settings_wrong"
    LANGUAGE_UNKNOWN = "language_unknown"
    SLUG_WRONG = "slug_wrong"
    SLUG_TAKEN = "slug_taken"
    TITLE_MISSING = "title_missing"
    TITLE_TOO_LONG = "title_too_long"
    PROMISE_MISSING = "promise_missing"
    BUTTON_MISSING = "button_missing"
    PROOF_MISSING = "proof_missing"
    FILE_MISSING = "file_missing"
    FILE_LOST = "file_lost"
    FILE_UNFIT = "file_unfit"
    LINK_DAYS_WRONG = "link_days_wrong"
    LINK_USES_WRONG = "link_uses_wrong"
    YOU_GET_MISSING = "you_get_missing"
    EMAIL_NOT_ASKED = "email_not_asked"
    FIELD_TWICE = "field_twice"
    FIELD_WITHOUT_REASON = "field_without_reason"
    CALL_UNDECLARED = "call_undeclared"
    STEP_WITHOUT_WORDS = "step_without_words"
    STEP_UNDECLARED = "step_undeclared"
    STEP_WITHOUT_CONSENT = "step_without_consent"
    STEP_UNREACHABLE = "step_unreachable"
    CONSENT_WITHOUT_WORDS = "consent_without_words"
    CONSENT_TWICE = "consent_twice"
    SELLS_MISSING = "sells_missing"
    SCORED_MISSING = "scored_missing"
    WITHOUT_MARKETING_MISSING = "without_marketing_missing"
    WITHOUT_EMAIL_WRONG = "without_email_wrong"
    RETENTION_WRONG = "retention_wrong"
    DELETION_MISSING = "deletion_missing"
    DELETION_DIFFERS = "deletion_differs"
    QUESTION_MISSING = "question_missing"
    QUESTION_WITHOUT_WORDS = "question_without_words"
    QUESTION_WITHOUT_CHOICE = "question_without_choice"
    QUESTION_UNREACHABLE = "question_unreachable"
    QUESTION_SENSITIVE = "question_sensitive"
    SCALE_WRONG = "scale_wrong"
    BRANCH_NOT_FORWARD = "branch_not_forward"
    KEY_TWICE = "key_twice"
    TOO_MANY_QUESTIONS = "too_many_questions"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_WITHOUT_WORDS = "outcome_without_words"
    OUTCOME_UNREACHABLE = "outcome_unreachable"
    ANSWERS_WITHOUT_OUTCOME = "answers_without_outcome"
    PERCENT_WRONG = "percent_wrong"
    AMOUNT_MISSING = "amount_missing"
    APPLIES_TO_MISSING = "applies_to_missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    USES_WRONG = "uses_wrong"
    ZONE_UNKNOWN = "zone_unknown"
    TOO_MANY_CUTS = "too_many_cuts"
    PRODUCT_MISSING = "product_missing"
    PRICE_MISSING = "price_missing"
    LOWEST_PRICE_MISSING = "lowest_price_missing"
    LOWEST_PRICE_WRONG = "lowest_price_wrong"
    NO_PRICE_CUT = "no_price_cut"
    MEETING_LENGTH_WRONG = "meeting_length_wrong"
    MEETING_WINDOW_WRONG = "meeting_window_wrong"
    MEETING_PLACE_MISSING = "meeting_place_missing"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to do before publishing: `where` names the place in the editor ("asks.phone.reason")."""

    code: GapCode
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)
