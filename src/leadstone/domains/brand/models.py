from django.db import models


class Brand(models.Model):
    """The one row (id 1) that says who publishes here."""

    company = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    sender_email = models.EmailField()
    postal_address = models.CharField(max_length=400)
    privacy_email = models.EmailField(blank=True)
    privacy_url = models.URLField(blank=True)
    colour = models.CharField(max_length=9, blank=True)
    logo_key = models.CharField(max_length=64, blank=True)
    set_up_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_brand")]
