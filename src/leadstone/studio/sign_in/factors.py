"""What allauth asks us about second factors: their secrets are sealed, so that a copy of the database alone opens nothing."""

import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

from leadstone.domains.brand import queries as brand

PURPOSE = b"leadstone.second-factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors of staff."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Take the one that is shown now; each works once."),
    }

    def get_totp_issuer(self) -> str:
        """What the app on the telephone calls us."""
        who = brand.brand_facts()
        return f"Leadstone {who.company}" if who else "Leadstone"

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()


def _box() -> SecretBox:
    """Keyed by the installation's secret, which lies beside the database and never in it."""
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=PURPOSE[:16]).digest())
