from django.db import models


class StoredToken(models.Model):
    """`digest` is SHA-256 of the token; `subject` names what it opens."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
