"""Roles of the staff, what each may do, and whose rows each may see; and what the keys of other programs open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    MARKETER = "marketer"
    REP = "rep"
    MANAGER = "manager"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"


class Right(StrEnum):
    """What a screen asks for before it opens."""

    OWN_ACCOUNT = "own_account"
    READ_LEADS = "read_leads"
    WORK_LEADS = "work_leads"  # move, assign, note, add, record a sale
    EXPORT_LEADS = "export_leads"
    OVERRIDE = "override"  # promote without the evidence that the checklist names, or move a deal past its requirements
    ASSIGN_LEADS = "assign_leads"  # the rules of assignment
    READ_DEALS = "read_deals"
    WORK_DEALS = "work_deals"
    EXPORT_DEALS = "export_deals"
    EDIT_MAGNETS = "edit_magnets"
    APPROVE_CLAIMS = "approve_claims"  # answer for words that the checks found, with a reason
    WRITE_LETTERS = "write_letters"  # to many who asked for them
    REDEEM = "redeem"  # codes at the counter
    SHIP = "ship"  # parcels, labels, stock
    RUN_CALENDAR = "run_calendar"  # own hours, bookings and their outcomes
    RUN_CAMPAIGNS = "run_campaigns"  # campaigns, costs, links, posts, suppliers, ways in
    RUN_KIOSK = "run_kiosk"  # pair a device and collect at a fair
    RUN_EXPERIMENTS = "run_experiments"
    MANAGE_MACHINES = "manage_machines"  # keys and webhooks
    SEE_FIGURES = "see_figures"
    READ_MAILBOX = "read_mailbox"
    READ_AUDIT = "read_audit"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_COMPANY = "manage_company"
    LET_MAIL_LEAVE = "let_mail_leave"  # from a restored or copied installation


_EVERYBODY = frozenset({Right.OWN_ACCOUNT})
_SALES = frozenset(
    {
        Right.READ_LEADS,
        Right.WORK_LEADS,
        Right.READ_DEALS,
        Right.WORK_DEALS,
        Right.REDEEM,
        Right.SHIP,
        Right.RUN_CALENDAR,
        Right.RUN_KIOSK,
    }
)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.REP: _EVERYBODY | _SALES,
    Role.MARKETER: _EVERYBODY
    | _SALES
    | {
        Right.EDIT_MAGNETS,
        Right.RUN_CAMPAIGNS,
        Right.RUN_EXPERIMENTS,
        Right.WRITE_LETTERS,
        Right.SEE_FIGURES,
        Right.READ_MAILBOX,
    },
    Role.MANAGER: _EVERYBODY
    | _SALES
    | {
        Right.EXPORT_LEADS,
        Right.EXPORT_DEALS,
        Right.OVERRIDE,
        Right.ASSIGN_LEADS,
        Right.EDIT_MAGNETS,
        Right.APPROVE_CLAIMS,
        Right.RUN_CAMPAIGNS,
        Right.RUN_EXPERIMENTS,
        Right.WRITE_LETTERS,
        Right.SEE_FIGURES,
        Right.READ_MAILBOX,
        Right.MANAGE_COMPANY,
        Right.MANAGE_MACHINES,
    },
    # Reads and exports to answer requests, but neither sells nor publishes.
    Role.PRIVACY_OFFICER: _EVERYBODY
    | {Right.READ_LEADS, Right.EXPORT_LEADS, Right.READ_DEALS, Right.READ_MAILBOX, Right.READ_AUDIT},
    Role.ADMIN: frozenset(Right),
}


def may(role: str, right: Right) -> bool:
    """Whether a role holds a right; an unknown role holds none."""
    return role in RIGHTS and right in RIGHTS[Role(role)]


class Thing(StrEnum):
    """What has an owner, and is seen by reach."""

    LEADS = "leads"
    DEALS = "deals"
    ACTIVITIES = "activities"


class Reach(StrEnum):
    """Whose rows a role sees, beside those that nobody owns."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


# What a fresh installation begins with; an administrator may change each.
FIRST_REACH: Mapping[Role, Mapping[Thing, Reach]] = {
    Role.REP: {Thing.LEADS: Reach.TEAM, Thing.DEALS: Reach.TEAM, Thing.ACTIVITIES: Reach.TEAM},
    Role.MARKETER: {Thing.LEADS: Reach.ALL, Thing.DEALS: Reach.ALL, Thing.ACTIVITIES: Reach.TEAM},
    Role.MANAGER: dict.fromkeys(Thing, Reach.ALL),
    Role.PRIVACY_OFFICER: dict.fromkeys(Thing, Reach.ALL),
    Role.ADMIN: dict.fromkeys(Thing, Reach.ALL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks, and whose rows they may see. `team`: ids of everybody in the reader's team, themselves among them."""

    user_id: int | None
    role: Role
    team: frozenset[int] = frozenset()
    reaches: Mapping[Thing, Reach] = field(default_factory=dict)

    def owners(self, thing: Thing) -> frozenset[int] | None:
        """Ids of the owners whose rows of `thing` are shown, beside rows that nobody owns; None: everybody's."""
        reach = self.reaches.get(thing, Reach.OWN)
        if reach is Reach.ALL:
            return None
        own = frozenset() if self.user_id is None else frozenset({self.user_id})
        return own | self.team if reach is Reach.TEAM else own

    def sees(self, thing: Thing, *, owner_id: int | None) -> bool:
        """Whether a row of `thing` with this owner is shown."""
        owners = self.owners(thing)
        return owners is None or owner_id is None or owner_id in owners


# Workers, flows and the command line: nobody in person, and everything in reach.
THE_HOUSE = Reader(user_id=None, role=Role.ADMIN, reaches=dict.fromkeys(Thing, Reach.ALL))


def may_end(user_id: int, *, admins: set[int], role: Role, is_active: bool) -> bool:
    """Whether an account may take `role` and `is_active` so that somebody still can administer. `admins`: ids now."""
    stays = role is Role.ADMIN and is_active
    return stays or user_id not in admins or len(admins) > 1


class Scope(StrEnum):
    """What the key of another program opens. Reading and writing are never one scope."""

    READ_MAGNETS = "magnets:read"
    READ_FIGURES = "figures:read"
    READ_LEADS = "leads:read"
    WRITE_LEADS = "leads:write"
    READ_TRIALS = "trials:read"
    WRITE_TRIALS = "trials:write"
    REDEEM_CODES = "codes:redeem"
    READ_SUPPLIERS = "suppliers:read"
    BUY_LEADS = "leads:buy"  # of suppliers: it costs money, so it is not the scope of whoever only hands somebody over


class KeyReach(StrEnum):
    """Whose leads a key sees, beside those that nobody owns."""

    TEAM = "team"
    ALL = "all"


# Longer than a toast stays, for whoever has the page still open.
KEY_BACK_WITHIN = timedelta(minutes=10)


def reader_of_key(reach: KeyReach, *, team: frozenset[int]) -> Reader:
    """Whose rows a key sees: nobody in person, and in everything else no more than a sales rep."""
    seen = Reach.ALL if reach is KeyReach.ALL else Reach.TEAM
    return Reader(user_id=None, role=Role.REP, team=team, reaches=dict.fromkeys(Thing, seen))


def key_is_open(*, expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a key opens anything now."""
    return revoked_at is None and (expires_at is None or now < expires_at)
