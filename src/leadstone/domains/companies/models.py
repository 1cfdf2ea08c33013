from django.db import models


class Company(models.Model):
    """An organisation. What it is called, where it sits, and its number at the tax office, as staff know them."""

    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, unique=True, null=True)
    search = models.CharField(max_length=500, db_index=True)
    website = models.CharField(max_length=253, blank=True)
    tax_id = models.CharField(max_length=20, blank=True)  # NIP or VAT number, as `kernel.tax_id` writes it
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
