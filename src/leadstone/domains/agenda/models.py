from django.conf import settings
from django.db import models

from leadstone.domains.leads.models import Lead


class PutOff(models.Model):
    """A lead that somebody does not want to see before `until`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="put_off")
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "lead"], name="one_put_off_each")]
