"""Every word on a kiosk, by code: the page carries them in all languages, because it changes its language without a network."""

from collections.abc import Mapping

from leadstone.wire.pages.phrases import ERRORS, FIELD_LABELS, _, translations

RATINGS: Mapping[str, str] = {"hot": _("hot"), "warm": _("warm"), "cold": _("cold")}

WORDS: Mapping[str, str] = {
    # Setting up
    "not_paired": _("This device is not paired yet"),
    "not_paired_how": _("In the studio, under Kiosks, make a link for this device. Open it here, by its QR code or by hand."),
    "pairing": _("One moment: the device introduces itself …"),
    "link_dead": _("This link opens nothing any more"),
    "link_dead_how": _("A link works once and for 15 minutes. Make a new one in the studio, under Kiosks."),
    "no_way": _("The house cannot be reached just now"),
    "no_way_how": _("Pairing needs the network, once. We try again by ourselves."),
    "insecure": _("This address is not safe enough"),
    "insecure_how": _(
        "A kiosk encrypts what it keeps, and browsers do that only on pages with https. Ask whoever runs Leadstone."
    ),
    "no_storage": _("This browser keeps nothing"),
    "no_storage_how": _("A kiosk has to remember what it collects. Leave the private window, or choose another browser."),
    "paired_already": _("This device is paired already"),
    "paired_already_how": _("It goes on collecting for the same stand. To pair it anew, revoke it in the studio first."),
    "revoked": _("This device collects no more"),
    "revoked_how": _(
        "Somebody revoked it in the studio. What it had collected is still handed over as soon as there is a network."
    ),
    "closed": _("This offer is over"),
    "closed_how": _("Nothing is collected for it any more. Staff may still take down cards."),
    "go_on": _("Go on"),
    # The visitor
    "if_you_like": _("if you like"),
    "send": _("Send it to me"),
    "scan_mine": _("Scan my badge or card"),
    "scan_mine_why": _("It fills in the form. Nothing is kept before you press the button."),
    "choice": _("Your choice; you get it either way."),
    "exchange": _("The exchange"),
    "you_get": _("You get"),
    "we_ask": _("We ask"),
    "then": _("Then"),
    "only_if": _("Only if you tick the box."),
    "scored": _("Scored"),
    "no_marketing": _("No marketing?"),
    "deleted": _("Deleted"),
    "your_address": _("Your e-mail, to deliver it"),
    "one_mail": _("One mail with your link. That is all."),
    "one_mail_unless": _("One mail with your link. That is all, unless you ticked a box."),
    "check_form": _("Please check the form"),
    "thanks": _("Thank you"),
    "thanks_how": _("It goes to your mailbox as soon as this device has a network."),
    "thanks_next": _("The form is empty again in %(seconds)s seconds."),
    "next_person": _("Next person"),
    "not_kept": _("This could not be kept"),
    "not_kept_how": _(
        "The memory of this device is full or locked. What you typed is still here: please call a member of staff."
    ),
    "still_there": _("Are you still there?"),
    "still_there_how": _("In %(seconds)s seconds everything that was typed is cleared, so that nobody else reads it."),
    "still_here": _("I am still here"),
    "clear_now": _("Clear it"),
    "clear": _("Start over"),
    "language": _("Language"),
    # The camera
    "scan": _("Scan"),
    "scan_heading": _("Hold the code before the camera"),
    "scan_how": _("A QR code with a contact: a badge, a business card, or one shown on a phone."),
    "scan_stop": _("Close the camera"),
    "scan_denied": _("The camera is not allowed here. Allow it in the browser, or type instead."),
    "scan_none": _("There is no camera that this page may use. Please type instead."),
    "scan_found": _("Read. Please look whether it is right."),
    "scan_nothing": _("That code holds no contact."),
    # The staff
    "staff": _("Staff"),
    "staff_heading": _("For staff"),
    "back_to_visitors": _("Back to the visitors"),
    "state": _("This device"),
    "online": _("connected"),
    "offline": _("no network"),
    "refused": _("the house does not know this device any more"),
    "waiting_none": _("Nothing waits here: all has been handed over"),
    "handed_over": _("last handed over at %(time)s"),
    "never_handed_over": _("nothing handed over yet"),
    "hand_over": _("Hand over now"),
    "handing_over": _("Handing over …"),
    "nobody_reads": _("What is kept here nobody can read on this device, neither you nor a thief."),
    "last_visit": _("The last visitor"),
    "last_visit_at": _("sent the form at %(time)s"),
    "no_visit": _("Nobody has sent the form since this page was opened. When somebody does, you can note here what you heard."),
    "how_warm": _("How interested?"),
    "hot": _("Hot"),
    "warm": _("Warm"),
    "cold": _("Cold"),
    "note": _("Note"),
    "note_how": _("What you heard and promised, in a few words"),
    "keep_note": _("Keep the note"),
    "rating_kept": _("Kept: %(rating)s. It will stand on the card of the lead."),
    "note_kept": _("Kept. The note will stand on the card of the lead."),
    "card": _("A business card"),
    "card.name": _("Name"),
    "card.company": _("Company"),
    "card.position": _("Role"),
    "card.email": _("E-mail"),
    "card.phone": _("Phone"),
    "card_how": _("For somebody who gave you a card or a badge and has gone on. They are not sent anything by themselves."),
    "scan_card": _("Scan a badge or card"),
    "keep_card": _("Keep the card"),
    "card_kept": _("Kept. The lead will be yours."),
    "card_nobody": _("Give an e-mail address or a phone number."),
}


def words_of(language: str) -> dict[str, str]:
    """Code → words in a language, with the names of fields (`field.email`) and what may be wrong with them (`error.missing`)."""
    catalogue = translations(language)
    gettext = catalogue.gettext
    said = {code: gettext(text) for code, text in WORDS.items()}
    # A number of each kind that a language tells apart (CLDR): the page asks `Intl.PluralRules` which kind its own number is.
    for kind, number in (("one", 1), ("few", 2), ("many", 5), ("other", 5)):
        said[f"waiting.{kind}"] = catalogue.ngettext(
            "%(num)s entry waits here, encrypted", "%(num)s entries wait here, encrypted", number
        )
    said |= {f"field.{key}": gettext(text) for key, text in FIELD_LABELS.items()}
    return said | {f"error.{key}": gettext(text) for key, text in ERRORS.items()}
