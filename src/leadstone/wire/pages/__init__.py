"""The one renderer of public pages, used by the edge, the portal and the studio's preview alike.

Owns: the templates, the stylesheet and the public phrases (gettext domain `public`).
Promises: the same bytes for the same words, whoever asks; every page works without JavaScript, cookies or third parties.
Never: marks text of a visitor or a marketer as safe, or knows who looks.
"""

from leadstone.wire.pages.form_view import FormView
from leadstone.wire.pages.pages import Pages

__all__ = ["FormView", "Pages"]
