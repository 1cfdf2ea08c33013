from django.db import models


class Company(models.Model):
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, unique=True, null=True)
    search = models.CharField(max_length=500, db_index=True)
    created_at = models.DateTimeField()
