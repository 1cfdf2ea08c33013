"""What the rules of magnets say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.rules import LinkRefusal, Owed
from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.sensitive import Sensitive
from leadstone.infra.documents.report import Refusal
from leadstone.kernel.language import Language, language_or
from leadstone.studio.calculators.words import problem_words, undefined_words
from leadstone.wire.definition import Channel, FieldKey, IncentiveClass, Purpose, SalesIntent

Words = str | Promise

FIELD: Mapping[FieldKey, Words] = {
    FieldKey.EMAIL: _("E-mail"),
    FieldKey.NAME: _("Name"),
    FieldKey.PHONE: _("Phone"),
    FieldKey.COMPANY: _("Company"),
    FieldKey.POSITION: _("Position"),
    FieldKey.QUESTION: _("A question of theirs"),
    FieldKey.STREET: _("Street, house and flat"),
    FieldKey.POSTCODE: _("Postcode"),
    FieldKey.CITY: _("Town"),
    FieldKey.COUNTRY: _("Country"),
}
CHANNEL: Mapping[Channel, Words] = {
    Channel.EMAIL: _("e-mail"),
    Channel.PHONE: _("call"),
    Channel.SMS: _("text message"),
    Channel.POST: pgettext_lazy("channel", "letter by post"),
}
PURPOSE: Mapping[Purpose, Words] = {
    Purpose.NEWSLETTER: _("newsletter, if they tick a box"),
    Purpose.OFFERS: _("offers, if they tick a box"),
}
INCENTIVE: Mapping[IncentiveClass, Words] = {
    IncentiveClass.CONTENT: _("Knowledge about the very thing that we sell"),
    IncentiveClass.TOOL: _("A tool: a worksheet, a template"),
    IncentiveClass.GENERAL: _("Something that everybody likes"),
    IncentiveClass.PRIZE: _("A prize, voucher or gift"),
}
INTENT: Mapping[SalesIntent, Words] = {
    SalesIntent.STATED: _("Plainly, beside the button"),
    SalesIntent.IMPLIED: _("A reader may guess it"),
    SalesIntent.HIDDEN: _("Nothing says so"),
}
GAP: Mapping[GapCode, Words] = {
    GapCode.BRAND_MISSING: _("Say first who publishes: company, sender and postal address, under Settings."),
    GapCode.KIND_UNKNOWN: _("Choose what it is: a guide, a report …"),
    GapCode.SETTINGS_WRONG: _("The settings do not fit this kind: {problem}"),
    GapCode.LANGUAGE_UNKNOWN: _("Choose the language of the page."),
    GapCode.SLUG_WRONG: _("The address takes small letters, digits and single hyphens."),
    GapCode.SLUG_TAKEN: _("Another magnet already lives at “{slug}”."),
    GapCode.TITLE_MISSING: _("Give it a title."),
    GapCode.TITLE_TOO_LONG: _("The title may have {most} characters."),
    GapCode.PROMISE_MISSING: _("Say in one or two sentences what the reader will know or be able to do."),
    GapCode.BUTTON_MISSING: _("The button needs words."),
    GapCode.PROOF_MISSING: _("A report or white paper says where its figures come from: who counted, how many, when."),
    GapCode.FILE_MISSING: _("There is no file to give."),
    GapCode.FILE_LOST: _("The file {name} is no longer stored. Upload it again."),
    GapCode.FILE_UNFIT: _("This kind of magnet gives another type of file."),
    GapCode.LINK_DAYS_WRONG: _("A link lasts between 1 and {most} days."),
    GapCode.LINK_USES_WRONG: _("A link allows between 1 and {most} downloads."),
    GapCode.YOU_GET_MISSING: _("Say exactly what they get."),
    GapCode.EMAIL_NOT_ASKED: _("The e-mail address is always asked: the file goes there."),
    GapCode.FIELD_TWICE: _("This is asked twice."),
    GapCode.FIELD_WITHOUT_REASON: _("Why do you ask? The reason stands beside the field."),
    GapCode.CALL_UNDECLARED: _(
        "A phone number is asked, but nothing below says that somebody calls. Add the call, or do not ask."
    ),
    GapCode.STEP_WITHOUT_WORDS: _("Say what happens, and how often."),
    GapCode.STEP_UNDECLARED: _("There is a box for this, but no sentence says what happens when it is ticked."),
    GapCode.STEP_WITHOUT_CONSENT: _("Nobody can agree to this yet: write the words of the box."),
    GapCode.STEP_UNREACHABLE: _("This needs a phone number, which the form does not ask for."),
    GapCode.CONSENT_WITHOUT_WORDS: _("The box needs words."),
    GapCode.CONSENT_TWICE: _("There is a box for this already."),
    GapCode.SELLS_MISSING: _("Say what you sell. People may know why this is free."),
    GapCode.SCORED_MISSING: _("Say that answers are rated, and what for."),
    GapCode.SIGNS_NOT_TOLD: _("Some answers count as a wish to buy. Say so: “Some answers tell us that you may want to buy.”"),
    GapCode.WITHOUT_MARKETING_MISSING: _("Say how to have it without marketing."),
    GapCode.WITHOUT_EMAIL_WRONG: _("A web address begins with https://"),
    GapCode.RETENTION_WRONG: _("Between 1 and {most} months."),
    GapCode.DELETION_MISSING: _("Say when data is deleted."),
    GapCode.QUESTION_MISSING: _("Ask at least one question."),
    GapCode.QUESTION_WITHOUT_WORDS: _("The question needs words."),
    GapCode.QUESTION_WITHOUT_CHOICE: _("Give between two and {most} answers to choose from, each with words."),
    GapCode.QUESTION_UNREACHABLE: _("No way leads to question {number}: let an answer lead there, or remove it."),
    GapCode.EXPLICIT_CONSENT_THIN: _("The consent says “I agree”, to the use of which answer, and what for."),
    GapCode.SPECIAL_FOR_US: _(
        "What is answered under an explicit consent counts for the result alone: here it can be no need, no wish to buy and no"
        " tag, and tell nothing about the contact."
    ),
    GapCode.STOPPED_WITHOUT_REASON: _(
        "Say why you keep the answers of people who stop half way. They read it before they begin."
    ),
    GapCode.SCALE_WRONG: _("A scale has between two and {most} steps."),
    GapCode.TAGS_UNFIT: _("An answer has at most {most} tags of at most {letters} letters each."),
    GapCode.PICTURE_WITHOUT_WORDS: _("Say what is on each picture: some of your readers hear it."),
    GapCode.BRANCH_NOT_FORWARD: _("An answer leads back, or to a question that is gone. It may only lead on."),
    GapCode.KEY_TWICE: _("Two things here have the same key: {key}"),
    GapCode.TOO_MANY_QUESTIONS: _("At most {most} questions: nobody finishes more."),
    GapCode.OUTCOME_MISSING: _("Write what people may come out as: between one and {most} outcomes."),
    GapCode.OUTCOME_WITHOUT_WORDS: _("The outcome needs a title and a text."),
    GapCode.OUTCOME_UNREACHABLE: _("No answers lead to “{title}”. Change its points, or remove it."),
    GapCode.ANSWERS_WITHOUT_OUTCOME: _("Some answers lead to no outcome: let the lowest begin at 0, or give each type its own."),
    GapCode.MEETING_LENGTH_WRONG: _("Between {least} and {most} minutes, in steps of five."),
    GapCode.MEETING_WINDOW_WRONG: _(
        "At most {most} days ahead, two weeks of notice, and three reminders within the week before."
    ),
    GapCode.MEETING_PLACE_MISSING: _("Say where: the address of the video room, or of the office."),
    GapCode.PERCENT_WRONG: _("Between 1 and 100 percent."),
    GapCode.AMOUNT_MISSING: _("Give an amount, like 20 or 19,90."),
    GapCode.APPLIES_TO_MISSING: _("Say what the code applies to: “everything in the shop, except gift cards”."),
    GapCode.ENDS_BEFORE_IT_BEGINS: _("It would end before it begins."),
    GapCode.USES_WRONG: _("How many orders: between 1 and {most}, or 0 for as often as they like."),
    GapCode.TRIAL_DAYS_WRONG: _("A trial lasts between 1 and {most} days."),
    GapCode.TRIAL_REMINDER_WRONG: _("The reminder comes before the end and after the beginning: fewer days than the trial has."),
    GapCode.TRIAL_END_UNSAID: _("Say what happens at the end, and that nothing is charged by itself."),
    GapCode.TRIAL_START_MISSING: _("Say how somebody gets in: choose a webhook endpoint, or give the address of the start."),
    GapCode.TRIAL_START_WRONG: _("A start address begins with https://"),
    GapCode.ZONE_UNKNOWN: _("No such time zone: {zone}"),
    GapCode.TOO_MANY_CUTS: _("At most {most} price cuts: nobody reads more."),
    GapCode.PRODUCT_MISSING: _("Which product is this the price of?"),
    GapCode.PRICE_MISSING: _("Give the price before and the price now."),
    GapCode.LOWEST_PRICE_MISSING: _(
        "A price cut stands beside the lowest price of the 30 days before it. "
        "The law asks for it (Directive 98/6/EC, article 6a)."
    ),
    GapCode.LOWEST_PRICE_WRONG: _("The lowest price of 30 days cannot be higher than the price before the cut."),
    GapCode.NO_PRICE_CUT: _("This is no cut: it cost as little as that within the 30 days before."),
    GapCode.CLOSES_BEFORE_OPENS: _("The end lies before the beginning."),
    GapCode.CAP_WRONG: _("There may be between 1 and {most}."),
    GapCode.WAITING_WITHOUT_CAP: _("A waiting list or a counter needs a number: say how many there are."),
    GapCode.ADDRESS_NOT_ASKED: _("A parcel needs street, postcode and town: ask for them, as needed."),
    GapCode.PARCEL_WITHOUT_WORDS: _("Say what is in the parcel."),
    GapCode.PARCEL_WORTH_MISSING: _("Say what the sample is worth, so that the exchange is weighed honestly."),
    GapCode.PARCEL_DAYS_WRONG: _("It is sent within 1 to {most} days."),
    GapCode.STOCK_MISSING: _("There is nothing to send yet: enter what came in on the stock page."),
    GapCode.TOPIC_MISSING: _("Say what the letters are about: between one and {most} topics."),
    GapCode.TOPIC_WITHOUT_WORDS: _("The topic needs a name."),
    GapCode.FREQUENCY_MISSING: _("Promise how often you write: in words, and as a number of letters a month, {most} at most."),
    GapCode.SAMPLE_WRONG: _("A web address begins with https://"),
    GapCode.CONSENT_MISSING: _(
        "Here the letter is all that is given, so somebody must be able to agree to it: add the step “newsletter” by e-mail, with"
        " the words that stand at the button."
    ),
    GapCode.INPUT_MISSING: _("Ask between one and {most} things."),
    GapCode.NAME_UNUSABLE: _("“{name}” cannot be a name in formulas: one word of letters and digits that begins with a letter."),
    GapCode.NUMBERS_FOR_SOME: _("Some answers stand for a number and some do not: give all of them one, or none."),
    GapCode.LIMITS_WRONG: _("Give two numbers, the smaller first, and a step that fits between them."),
    GapCode.TABLE_WRONG: _("Each row needs as many cells as the others, the last a number, and there are at most {most} rows."),
    GapCode.TOO_MANY_FORMULAS: _("At most {most} values."),
    GapCode.PERCENT_OFF: _("Between 0 and {most} percent."),
    GapCode.RANGE_MISSING: _("A single number would claim to know exactly: give a high end, or a percentage."),
    GapCode.DIGITS_WRONG: _("Between 1 and {most} digits."),
    GapCode.UNIT_MISSING: _("Of what? Say the unit or the currency."),
    GapCode.MEANING_MISSING: _("Say in a sentence what the range means."),
    GapCode.BASIS_MISSING: _("Say where the figures come from. It stands beside every result."),
    GapCode.BASIS_UNDATED: _("Say as of which day the figures are."),
    GapCode.BRACKET_WITHOUT_BEGINNING: _("From which number on do these words hold?"),
    GapCode.DECLINE_IS_WORK: _("Saying no takes more than saying yes. One short sentence, and nothing to write or to call for."),
    GapCode.PHONE_FOR_FILE: _("Nobody needs a phone number to get this. Ask for it only if they like."),
    GapCode.PROVENANCE_MISSING: _("{share} of the file stands elsewhere too. Tell the visitor where it comes from."),
    GapCode.MESSAGE_UNDECLARED: _("This magnet also sends something that no step says. Add: {sentence}"),
    GapCode.SHARING_UNDECLARED: _("Another system is told something that the exchange does not say. Add: {sentence}"),
    GapCode.KEEPING_UNDECLARED: _(
        "Answers are kept of people who leave no address, and the exchange does not say so. Add: {sentence}"
    ),
    GapCode.DELETION_DIFFERS: _("The sentence says {says}, the number of months beside it says {months}."),
}
# What the checks object to: the words themselves stand before each of these, marked.
OBJECTED: Mapping[GapCode, Words] = {
    GapCode.CLAIM_OPEN: _("Soften it, or answer for it."),
    GapCode.DECLINE_SHAMES: _("Let no be as plain as yes."),
    GapCode.HASTE_WITHOUT_DEADLINE: _("Set a day on which the offer closes for everybody, or leave it out."),
    GapCode.SCARCITY_WITHOUT_COUNTER: _("Set how many there are, so that the page counts them, or leave it out."),
}
SENSITIVE: Mapping[Sensitive, Words] = {
    Sensitive.HEALTH: _("This asks about health. The law wants an explicit consent for that, so it cannot be published here."),
    Sensitive.BELIEFS: _("This asks about beliefs. The law wants an explicit consent for that, so it cannot be published here."),
    Sensitive.POLITICS: _(
        "This asks about politics. The law wants an explicit consent for that, so it cannot be published here."
    ),
    Sensitive.UNION: _(
        "This asks about trade unions. The law wants an explicit consent for that, so it cannot be published here."
    ),
    Sensitive.SEX_LIFE: _(
        "This asks about sex life. The law wants an explicit consent for that, so it cannot be published here."
    ),
    Sensitive.CHILDREN: _(
        "This speaks to children. Their parents would have to agree, and nobody can check here who did: it cannot be published."
    ),
}
# Where an explicit consent can be asked for beside the question.
ASKABLE: Mapping[Sensitive, Words] = {
    Sensitive.HEALTH: _("This asks about health. Write the words of an explicit consent under it, or ask something else."),
    Sensitive.BELIEFS: _("This asks about beliefs. Write the words of an explicit consent under it, or ask something else."),
    Sensitive.POLITICS: _("This asks about politics. Write the words of an explicit consent under it, or ask something else."),
    Sensitive.UNION: _("This asks about trade unions. Write the words of an explicit consent under it, or ask something else."),
    Sensitive.SEX_LIFE: _("This asks about sex life. Write the words of an explicit consent under it, or ask something else."),
}
NO_RESULT = _("Some answers have no result here: {because}.")
OWES: Mapping[Owed, Words] = {
    Owed.ONE_MAIL: _("one mail goes there, and nothing more unless a box is ticked"),
    Owed.GREETING: _("it is used to greet, and goes nowhere else"),
    Owed.DECLARED_CALL: _("the page says who calls, when and how often"),
    Owed.COMPANY_KEPT_APART: _("the employer hears nothing from us"),
    Owed.POSITION_OPTIONAL: _("nobody is judged by a job title alone"),
    Owed.ANSWER_READ: _("a person reads it and answers"),
    Owed.ONE_PARCEL: _("one parcel goes there, and nothing else by post"),
}
REFUSAL: Mapping[Refusal, Words] = {
    Refusal.EMPTY: _("This file is empty."),
    Refusal.TOO_LARGE: _("This file is larger than 100 MB."),
    Refusal.UNKNOWN_TYPE: _("This is not a PDF, EPUB or ZIP file."),
    Refusal.OFFICE_FILE: _("This is an office document. Save it as a PDF first, so that it looks the same for everybody."),
    Refusal.ENCRYPTED: _("This file asks for a password. Save it without one: a visitor could not open it."),
    Refusal.BROKEN_ARCHIVE: _("This archive is damaged and would not unpack."),
    Refusal.UNSAFE_NAMES: _("This archive holds names that point outside of it."),
    Refusal.ARCHIVE_INSIDE: _("This archive holds another archive. Pack the files themselves."),
    Refusal.UNPACKS_TOO_LARGE: _("This archive unpacks to far more than it should."),
    Refusal.TOO_SLOW: _("This file could not be read in time."),
}


# The sentences of the linters, so that they stand in the catalogue; the linters themselves know no gettext.
LINTERS: Mapping[str, Words] = {
    reasons.MULTIPLIER: _("It multiplies something. Say for whom it was measured, when and how, or leave the number out."),
    reasons.GUARANTEE: _("It promises a result that nobody can be sure of. Say what happens when it does not come true."),
    reasons.SUPERLATIVE: _("It claims the top. Say who measured it and when, or say what is good about it."),
    reasons.INCOME: _("It promises income. That needs typical figures of real people, or it must go."),
    reasons.HEALTH: _("It promises health. That needs a study that can be named, or it must go."),
    reasons.CONDITIONS: _("“Free” with a condition is not free. Say the price or the condition beside it."),
    reasons.HYPERBOLE: _("The words are larger than any file can be. Say what is in it."),
    reasons.TEASE: _("It teases instead of telling. Say what the reader will know afterwards."),
    reasons.HASTE: _("It hurries the reader. Name a deadline that the server keeps for everybody, or leave it out."),
    reasons.SCARCITY: _("It says that little is left. Show the real count, or leave it out."),
    reasons.CROWD: _("It presses with what others do. Show a count that can be checked, or leave it out."),
    reasons.SHAME: _("It makes the reader feel bad for saying no. Let no be as plain as yes."),
}

BEGINS: Mapping[str, Words] = {
    "quiz": _("Three questions, and an answer by mail."),
    "calculator": _("A formula that answers with a range."),
    "consultation": _("Half an hour with one of you, at a time they choose."),
    "newsletter": _("Topics to choose from, and how often at most."),
    "sample": _("A parcel, one to a household, while there is stock."),
    "trial": _("Some days of what you sell; it ends by itself."),
    "discount_club": _("A card and a code of one's own, with plain rules."),
    "free_shipping": _("One code that pays for the parcel."),
}


def kind_name(key: str) -> str:
    """What a kind of magnet is called in the reader's language; the file of the kind knows."""
    kind = KINDS.get(key)
    return kind.words[language_or(get_language(), Language.ENGLISH)].name if kind else key


def startable() -> list[tuple[str, str, Words]]:
    """The kinds of magnets that need no document to begin with: key, name, and what its example begins with."""
    return [(key, kind_name(key), BEGINS.get(key, "")) for key, kind in KINDS.items() if kind.example]


def gap_words(gap: Gap) -> str:
    if gap.code is GapCode.QUESTION_SENSITIVE:
        return str((ASKABLE if gap.facts.get("askable") else SENSITIVE)[Sensitive(gap.facts["about"])])
    if gap.code in OBJECTED:
        why, what = LINTERS[gap.facts["why"]], OBJECTED[gap.code]
        return format_html("<mark>{}</mark> {} {}", gap.facts["words"], why, what)
    if gap.code is GapCode.FORMULA_WRONG:
        return problem_words(gap.facts)
    if gap.code is GapCode.NO_RESULT_FOR_SOME:
        return str(NO_RESULT).format(because=undefined_words(gap.facts["because"], gap.facts["name"]))
    return str(GAP[gap.code]).format(**gap.facts)


LINK_REFUSED = {
    LinkRefusal.ITSELF: _("A magnet is no other language of itself."),
    LinkRefusal.LANGUAGE_TAKEN: _("There is one in that language already. Each language has one."),
}
