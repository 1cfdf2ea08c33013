from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from leadstone.domains.access.rules import KeyReach, Reach, Role, Thing


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


class ApiKey(models.Model):
    """What another program shows instead of a person. Only the hash of its secret is kept: nobody can read it again."""

    name = models.CharField(max_length=120)
    beginning = models.CharField(max_length=12)  # by which people tell one from another
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hex; the secret is random, so that no slow hash is needed
    scopes = models.JSONField(default=list)
    reach = models.CharField(max_length=4, choices=[(r.value, r.value) for r in KeyReach])
    # A team that is gone leaves a key that sees only what nobody owns.
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class KeyUse(models.Model):
    """That a key was used on a day (UTC). An observation: at most one row a key and day, and none is changed."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="one_use_a_day")]


class KeptAnswer(models.Model):
    """What a program was answered when it named its request, so that the same request again gets the same answer."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(max_length=200)  # the Idempotency-Key
    digest = models.CharField(max_length=64)  # of method, address and body, SHA-256
    status = models.SmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "name"], name="one_answer_a_request")]
