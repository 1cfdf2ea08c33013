"""The forms of the entrance in our words."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from leadstone.studio.shell.forms import StudioForm

# A code is taken one step before and after its own half minute; for longer than that it is remembered as used.
CODE_REMEMBERED_SECONDS = 180
CODE_FIELD = {"autocomplete": "one-time-code", "maxlength": 20, "autofocus": True, "spellcheck": "false"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password; staying signed in is the rule, so nothing asks about it."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True, "maxlength": 254}
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "maxlength": 1000}
        self.fields["password"].help_text = ""


class _OneTime:
    """A code that was right once is wrong from then on."""

    user: Any
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = vars(self)["fields"]["code"]
        field.label, field.widget.attrs = _("Code"), dict(CODE_FIELD)
        field.help_text = _("Six digits from the app on your telephone, or one of your recovery codes.")

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        # allauth reads past blanks and hyphens, so "123 456" and "123-456" are one code and not two.
        plain = "".join(filter(str.isalnum, code))
        if not cache.add(f"code-used:{self.user.pk}:{plain}", 1, timeout=CODE_REMEMBERED_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OneTime, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class AgainByCodeForm(_OneTime, ReauthenticateByCodeForm):  # type: ignore[misc]
    """Showing once more who it is, with a code."""


class AgainForm(ReauthenticateForm):  # type: ignore[misc]
    """Showing once more who it is, with the password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "maxlength": 1000, "autofocus": True}


class NewFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code shows that the app holds our secret."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].widget.attrs = CODE_FIELD | {"inputmode": "numeric"}


class WelcomeForm(StudioForm):
    """The first password, or the next one, set by whoever holds the link."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
        help_text=_("At least 10 characters; a sentence is better than a riddle."),
    )
