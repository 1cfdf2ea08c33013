"""Rights, reach and the acts of the audit log in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.access.rules import Reach, Right, Thing
from leadstone.domains.audit.rules import Action, Break, Subject
from leadstone.studio.words.people import ROLE

Words = str | Promise

THING: Mapping[Thing, Words] = {
    Thing.LEADS: _("Leads"),
    Thing.DEALS: _("Deals"),
    Thing.ACTIVITIES: _("Activities"),
}
REACH: Mapping[Reach, Words] = {
    Reach.OWN: pgettext_lazy("whose", "their own"),
    Reach.TEAM: pgettext_lazy("whose", "their team’s"),
    Reach.ALL: pgettext_lazy("whose", "everybody’s"),
}
RIGHT: Mapping[Right, Words] = {
    Right.OWN_ACCOUNT: _("keeps their own account"),
    Right.READ_LEADS: _("reads leads, people and companies"),
    Right.WORK_LEADS: _("works on leads: adds, moves, hands over, writes down calls and notes"),
    Right.EXPORT_LEADS: _("takes leads out as a file"),
    Right.OVERRIDE: _("promotes a lead, or moves a deal, without the evidence that is asked for"),
    Right.ASSIGN_LEADS: _("sets the rules by which leads find their owner"),
    Right.READ_DEALS: _("reads deals and the forecast"),
    Right.WORK_DEALS: _("works on deals"),
    Right.EXPORT_DEALS: _("takes deals out as a file"),
    Right.EDIT_MAGNETS: _("writes and publishes magnets"),
    Right.APPROVE_CLAIMS: _("answers for words that the checks found in a magnet"),
    Right.WRITE_LETTERS: _("writes to many who asked for it"),
    Right.REDEEM: _("redeems codes at the counter"),
    Right.SHIP: _("sends parcels and keeps the stock"),
    Right.RUN_CALENDAR: _("sets own hours, and says what became of bookings"),
    Right.RUN_CAMPAIGNS: _("runs campaigns: costs, links, posts, suppliers and ways in"),
    Right.RUN_KIOSK: _("collects at a fair or a counter with a device"),
    Right.RUN_EXPERIMENTS: _("tries two ways to say the same thing"),
    Right.MANAGE_MACHINES: _("gives keys to other programs, and tells them what happens"),
    Right.SEE_FIGURES: _("sees what each magnet brings"),
    Right.READ_MAILBOX: _("reads the mails that went out"),
    Right.READ_AUDIT: _("reads the audit log"),
    Right.MANAGE_PEOPLE: _("manages people, teams and rights"),
    Right.MANAGE_COMPANY: _("changes how the company presents itself"),
    Right.LET_MAIL_LEAVE: _("lets mail leave from a restored or copied installation"),
}
ACTION: Mapping[Action, Words] = {
    Action.READ: _("opened a card"),
    Action.EXPORTED: _("took out a file"),
    Action.SIGNED_IN: _("signed in"),
    Action.PASSWORD_CHANGED: _("changed a password"),
    Action.FACTOR_ADDED: _("added a second factor"),
    Action.FACTOR_REMOVED: _("removed a second factor"),
    Action.SESSIONS_ENDED: _("ended sessions"),
    Action.ACCOUNT_OPENED: _("opened an account"),
    Action.ACCOUNT_RESET: _("reset an account"),
    Action.ROLE_CHANGED: _("changed a role"),
    Action.REACH_CHANGED: _("changed whose rows a role sees"),
    Action.TEAM_CHANGED: _("changed a team"),
    Action.CLAIM_APPROVED: _("answered for words that the checks found"),
    Action.CLAIM_REOPENED: _("took an answer for words back"),
    Action.OVERRIDDEN: _("went past what is asked for"),
    Action.BACKUP_MADE: _("made a backup"),
    Action.QUARANTINE_LIFTED: _("let mail leave again"),
    Action.KEY_MADE: _("made a key for another program"),
    Action.KEY_REVOKED: _("revoked the key of another program"),
    Action.ENDPOINT_CHANGED: _("changed who is told by webhooks"),
    Action.KEY_BACK: _("took the revocation of a key back"),
    Action.BOX_KEPT: _("chose which letters keep the promise of a box"),
    Action.BASIS_STATED: _("stated why we may know"),
    Action.BASIS_TAKEN_BACK: _("took back why we may know"),
    Action.KIOSK_CHANGED: _("changed a kiosk"),
    Action.DOOR_CHANGED: _("changed a way in"),
}
SUBJECT: Mapping[Subject, Words] = {
    Subject.LEAD: _("Lead"),
    Subject.CONTACT: _("Contact"),
    Subject.COMPANY: pgettext_lazy("somebody else’s", "Company"),
    Subject.DEAL: _("Deal"),
    Subject.USER: _("Account"),
    Subject.MAGNET: _("Magnet"),
    Subject.TEAM: _("Team"),
    Subject.LIST: _("List"),
    Subject.INSTALLATION: _("Installation"),
    Subject.ENDPOINT: _("Endpoint"),
    Subject.KEY: _("Key"),
    Subject.KIOSK: _("Kiosk"),
    Subject.DOOR: _("Way in"),
}
BREAK: Mapping[Break, Words] = {
    Break.CHANGED_LINE: _("was changed"),
    Break.MISSING_LINE: _("is missing"),
    Break.BROKEN_CHAIN: _("does not follow the one before it"),
    Break.MISSING_END: _("is missing, and so is what came after it"),
}
# What a line adds to its action: (name, value) as they are kept, in words.
FACT: Mapping[tuple[str, str], Words] = {
    ("open", "yes"): _("may sign in"),
    ("open", "no"): _("may not sign in"),
    ("kind", "app"): _("an app"),
    ("kind", "recovery_codes"): _("fresh recovery codes"),
    ("which", "one"): _("one of them"),
    ("which", "all"): _("all of them"),
    ("link", "made"): _("handed over a link"),
    ("link", "used"): _("by a link"),
    ("factor", "removed"): _("its second factor was removed"),
    ("factor", "none"): _("it had no second factor"),
    ("second_factor", "yes"): _("with a second factor"),
    ("second_factor", "no"): _("with the password alone"),
    ("how", "founded"): _("founded"),
    ("how", "renamed"): _("renamed"),
    ("how", "dissolved"): _("dissolved"),
    **{("role", role.value): words for role, words in ROLE.items()},
    **{("thing", thing.value): words for thing, words in THING.items()},
    **{("reach", reach.value): words for reach, words in REACH.items()},
}
