"""What the roles of the staff are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.access.rules import Role

ROLE: Mapping[Role, str | Promise] = {
    Role.MARKETER: _("Marketer"),
    Role.REP: _("Sales rep"),
    Role.MANAGER: _("Manager"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.ADMIN: _("Administrator"),
}
ROLE_MEANS: Mapping[Role, str | Promise] = {
    Role.MARKETER: _("Publishes magnets, sees figures, works with leads"),
    Role.REP: _("Works with leads"),
    Role.MANAGER: _("Everything but accounts"),
    Role.PRIVACY_OFFICER: _("Reads and exports leads, reads the mailbox"),
    Role.ADMIN: _("Everything, accounts too"),
}
