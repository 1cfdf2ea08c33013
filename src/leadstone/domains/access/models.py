from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from leadstone.domains.access.rules import Reach, Role, Thing


class Team(models.Model):
    """Colleagues who work on the same leads and deals."""

    name = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()


class User(AbstractBaseUser):
    """A member of staff; the e-mail address is the name to sign in with."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="members")
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)  # IANA name; empty: what the browser says
    theme = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Part of the key of every session: a step ends them all.
    session_epoch = models.IntegerField(default=0)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def get_session_auth_hash(self) -> str:
        """What every session of this account must carry: it changes with the password and with each step of `session_epoch`."""
        return salted_hmac("leadstone.access.session", f"{self.session_epoch}:{self.password}", algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class ReachOfRole(models.Model):
    """Whose rows of a thing a role sees, where an administrator changed it from `rules.FIRST_REACH`."""

    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    thing = models.CharField(max_length=12, choices=[(t.value, t.value) for t in Thing])
    reach = models.CharField(max_length=6, choices=[(r.value, r.value) for r in Reach])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "thing"], name="one_reach_each")]
