"""What somebody wrote to us, as a note on their lead: their words, and what came along and is not kept."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.inbound.rules.fields import Ours


def note_of(values: Mapping[str, str], *, language: str) -> str:
    """Empty when nothing was written and nothing came along."""
    with translation.override(language):
        files = values.get(Ours.FILES, "")
        left_out = _("Attachments are not kept. Among them: %(files)s") % {"files": files} if files else ""
    return "\n\n".join(part for part in (values.get(Ours.QUESTION, ""), left_out) if part)
