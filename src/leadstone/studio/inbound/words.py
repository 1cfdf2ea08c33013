"""What the rules of inbound say in codes, in words; and how each service is told of its door."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.inbound.rules import Because, ProviderName, State, Trouble, Turned
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.domains.inbound.rules.hosts import HostError

Words = str | Promise

PROVIDER: Mapping[ProviderName, Words] = {
    ProviderName.META: _("Facebook and Instagram"),
    ProviderName.GOOGLE: _("Google Ads"),
    ProviderName.LINKEDIN: _("LinkedIn"),
    ProviderName.TYPEFORM: _("Typeform"),
    ProviderName.GENERIC: _("Another system"),
    ProviderName.MAIL: _("People, by e-mail"),
}
STATE: Mapping[State, Words] = {
    State.WAITING: pgettext_lazy("delivery", "waiting"),
    State.ACCEPTED: pgettext_lazy("delivery", "taken in"),
    State.REFUSED: pgettext_lazy("delivery", "refused"),
    State.FAILED: pgettext_lazy("delivery", "given up"),
}
TONE: Mapping[State, str] = {State.WAITING: "", State.ACCEPTED: "good", State.REFUSED: "warn", State.FAILED: "bad"}
BECAUSE: Mapping[Because, Words] = {
    Because.NOBODY_TO_REACH: _("No field was understood as an e-mail address or a phone number."),
    Because.NO_DATA: _("Only a number came. With an access token the door asks who it is."),
    Because.NOT_TOLD: _("The service did not tell us the rest. We ask again."),
    Because.TURNED_DOWN: _("The service does not tell us of this one."),
    Because.RUN_OUT: _("It waited too long, and nothing of it is kept."),
}
TROUBLE: Mapping[Trouble, Words] = {
    Trouble.TOKEN_OVER: _("The access token has run out or was taken back. Make a new one there, and put it in here."),
    Trouble.NO_RIGHT: _("The access token may not read leads. Give it that right there, or put in another one."),
    Trouble.OLD_VERSION: _(
        "The service no longer speaks the version of its API that we use. LEADSTONE_LINKEDIN_VERSION names another."
    ),
    Trouble.TOO_OFTEN: _("The service wants to be asked less often."),
    Trouble.SILENT: _("The service did not answer. That passes by itself."),
}
MEANS: Mapping[Means, Words] = {
    Means.UNSAID: _("Not said yet"),
    Means.NOTHING: _("No consent: terms, privacy and the like"),
    Means.NEWSLETTER: _("The newsletter, by e-mail"),
    Means.OFFERS_EMAIL: _("Offers by e-mail"),
    Means.OFFERS_PHONE: _("Offers by phone"),
    Means.OFFERS_SMS: _("Offers by text message"),
    Means.OFFERS_POST: _("Offers by post"),
}
TURNED: Mapping[Turned, Words] = {
    Turned.FORGED: _("The signature did not fit. Is the secret the same there and here?"),
    Turned.TOO_OLD: _("It was signed more than five minutes ago. Is the clock of the other system right?"),
    Turned.UNREADABLE: _("It was signed well, and is of no shape that this service has published."),
    Turned.TOO_LARGE: _("It was larger than 20 MB. Ask for a link instead of a file."),
    Turned.AUTOMATIC: _("A machine wrote it: an automatic answer, a bounce or a mailing list. Nobody waits for an answer."),
}
OURS: Mapping[Ours, Words] = {
    Ours.EMAIL: _("E-mail address"),
    Ours.NAME: _("First and last name"),
    Ours.FIRST_NAME: _("First name"),
    Ours.LAST_NAME: _("Last name"),
    Ours.PHONE: _("Phone number"),
    Ours.COMPANY: _("Company"),
    Ours.POSITION: _("Position"),
    Ours.QUESTION: _("Their question"),
    Ours.FILES: _("Names of files"),
    Ours.NOTHING: _("Nothing, leave it out"),
}
# What is done there, once the door stands here.
STEPS: Mapping[ProviderName, Sequence[Words]] = {
    ProviderName.META: (
        _("Open your app at developers.facebook.com and go to Webhooks. Choose “Page”."),
        _("Paste the address and the verify token. Meta checks them at once."),
        _("Subscribe to “leadgen”, and connect your page to the app."),
        _("Meta sends only a number. The door asks who it is, by the access token (leads_retrieval)."),
        _("Send one with Meta's Lead Ads Testing Tool, and look here."),
    ),
    ProviderName.GOOGLE: (
        _("In Google Ads open the lead form and go to “Export leads from Google Ads”, then “Webhook integration”."),
        _("Paste the address as the webhook URL, and the secret as the key."),
        _("Press “Send test data”. It appears here as a test and makes no lead."),
    ),
    ProviderName.LINKEDIN: (
        _("Your LinkedIn app needs the Lead Sync API. Make a token with r_marketing_leadgen_automation; it lasts 60 days."),
        _("Register the address as the webhook of your leads (POST /rest/leadNotifications). It proves itself every few hours."),
        _("LinkedIn sends only a number. The door asks who it is, by the token."),
        _("Or let a tool that syncs leads send the answers along, signed by the client secret; then no token is needed."),
    ),
    ProviderName.TYPEFORM: (
        _("Open the form in Typeform, then Connect, then Webhooks, and add one."),
        _("Paste the address, and the secret under “Secret”."),
        _("Turn it on and press “Send test request”."),
    ),
    ProviderName.GENERIC: (
        _("Send one flat JSON object for each person by POST: e-mail, name, phone, company, question."),
        _("Sign it as standardwebhooks.com says, with the secret. There is a library for every language."),
        _("Give each person an id of their own as webhook-id: the same id counts once."),
    ),
    ProviderName.MAIL: (
        _("Print the address, or put it where people should write to you. Whoever writes is a lead, with their words as a note."),
        _("Let your mail server hand such mail to “leadstone inbound-mail”, or name its mailbox in LEADSTONE_INBOUND_MAIL_URL."),
        _("Write to it from a mailbox of your own, and look here."),
    ),
}
# Those whose secret is made by them and not by us.
BRINGS_SECRET = frozenset({ProviderName.META, ProviderName.LINKEDIN})
# Those that send only a number, and tell the rest to whoever has a token.
ASKED = frozenset({ProviderName.META, ProviderName.LINKEDIN})
# Those that nobody types a secret of ours in at.
NO_SECRET_SHOWN = BRINGS_SECRET | {ProviderName.MAIL}
# Ways to put a form on a page: what each is called, and when one takes it.
SNIPPETS: Mapping[str, tuple[Words, Words]] = {
    "script": (
        _("Script"),
        _("It stands where you paste it, is as high as it needs to be, and knows by which campaign your visitor came."),
    ),
    "frame": (
        _("Frame"),
        _("For page makers with a field for embedded pages. If they refuse the script, leave it out and set the height."),
    ),
    "plain": (
        _("Plain HTML"),
        _("In your own design, without any script. What is typed comes along to our page, where one press sends it."),
    ),
}
HOST_ERROR: Mapping[HostError, Words] = {
    HostError.EMPTY: _("Type the name of the host, like www.example.com."),
    HostError.WHOLE_ADDRESS: _("Only the name of the host, without https:// and without what follows."),
    HostError.PORT: _("Leave the number after the colon out; only localhost may have one."),
    HostError.NOT_A_HOST: _("This is not the name of a host. One looks like www.example.com."),
}
