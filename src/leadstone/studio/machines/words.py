"""Scopes, events and states of other programs in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.access.rules import KeyReach, Scope
from leadstone.domains.trials.rules import Order
from leadstone.domains.trials.rules import State as TrialState
from leadstone.domains.webhooks.rules import EventKind, State, Stopped
from leadstone.infra.outbound import Refusal, Trouble

Words = str | Promise

SCOPE: Mapping[Scope, Words] = {
    Scope.READ_MAGNETS: _("reads published magnets"),
    Scope.READ_FIGURES: _("reads what each magnet brings, revenue too"),
    Scope.READ_LEADS: _("reads leads; each read is in the audit log"),
    Scope.WRITE_LEADS: _("adds leads; adds and removes tags of their people"),
    Scope.READ_TRIALS: _("reads trials"),
    Scope.WRITE_TRIALS: _("opens trials and says what became of them"),
    Scope.REDEEM_CODES: _("redeems codes"),
    Scope.READ_SUPPLIERS: _("reads suppliers, and what became of their deliveries"),
    Scope.BUY_LEADS: _("delivers leads of suppliers, which are bought"),
}
KEY_REACH: Mapping[KeyReach, Words] = {
    KeyReach.ALL: _("everybody’s leads"),
    KeyReach.TEAM: _("the leads of one team, and those that nobody owns"),
}
EVENT: Mapping[EventKind, Words] = {
    EventKind.TRIAL_STARTED: _("a trial begins"),
    EventKind.TRIAL_ENDING: _("a trial ends soon"),
    EventKind.TRIAL_ENDED: _("a trial has ended"),
    EventKind.LEAD_QUALIFIED: _("a lead becomes a prospect"),
    EventKind.DEAL_WON: _("a deal is won"),
    EventKind.CONSENT_WITHDRAWN: _("somebody says no: others must stop too"),
    EventKind.CONTACT_FORGOTTEN: _("somebody is forgotten: others must forget too"),
    EventKind.TEST: _("a test"),
}
STATE: Mapping[State, Words] = {
    State.WAITING: pgettext_lazy("a webhook", "waits"),
    State.SENDING: pgettext_lazy("a webhook", "is on its way"),
    State.DELIVERED: pgettext_lazy("a webhook", "was heard"),
    State.DEAD: pgettext_lazy("a webhook", "was given up"),
    State.DROPPED: pgettext_lazy("a webhook", "was not sent"),
}
TONE: Mapping[State, str] = {
    State.WAITING: "warn",
    State.SENDING: "warn",
    State.DELIVERED: "good",
    State.DEAD: "bad",
    State.DROPPED: "",
}
STOPPED: Mapping[Stopped, Words] = {
    Stopped.BY_HAND: _("stopped by hand"),
    Stopped.GONE: _("stopped: it answered 410, “gone”"),
}
BECAUSE: Mapping[str, Words] = {
    Trouble.NO_SUCH_NAME.value: _("there is no such name"),
    Trouble.DNS_SILENT.value: _("the DNS did not answer"),
    Trouble.UNREACHABLE.value: _("nobody listens there"),
    Trouble.TIME_OVER.value: _("no answer in time"),
    Trouble.BROKE_OFF.value: _("the line broke off"),
    Trouble.CERTIFICATE.value: _("its certificate is not good for this name"),
    f"refused_{Refusal.PRIVATE.value}": _("it leads into a network that is not the public one"),
    f"refused_{Refusal.PORT.value}": _("it names a port that we do not ask"),
    "nothing_to_say": _("whom it was about is gone"),
    "restored": _("the original of this copy may have sent it"),
    "fault": _("something broke on our side"),
}
REFUSED: Mapping[Refusal, Words] = {
    Refusal.NOT_AN_ADDRESS: _("This is no web address. One looks like https://example.com/hooks"),
    Refusal.SCHEME: _("An address begins with https://"),
    Refusal.USER: _("No name or password in the address: the signature proves who we are."),
    Refusal.HOST: _("Write a public name, like example.com; one with other letters in its xn-- spelling."),
    Refusal.PORT: _("Only the ports of the web are asked: 443, 8443, 80, 8080."),
    Refusal.PRIVATE: _("This leads into a network that is not the public one."),
}
TRIAL: Mapping[TrialState, Words] = {
    TrialState.STARTED: pgettext_lazy("a trial", "begun"),
    TrialState.ACTIVATED: pgettext_lazy("a trial", "in use"),
    TrialState.CONVERTED: pgettext_lazy("a trial", "bought"),
    TrialState.ENDED: pgettext_lazy("a trial", "ended"),
    TrialState.UNDONE: pgettext_lazy("a trial", "undone"),
}
TRIAL_TONE: Mapping[TrialState, str] = {
    TrialState.STARTED: "warn",
    TrialState.ACTIVATED: "good",
    TrialState.CONVERTED: "good",
    TrialState.ENDED: "",
    TrialState.UNDONE: "",
}
TRIAL_ORDER: Mapping[Order, Words] = {
    Order.NEWEST: _("Newest first"),
    Order.ENDING: _("Those that end first"),
}
