"""The supplier, purchase or moment that an address names, or 404."""

from datetime import UTC, datetime, timedelta

from django.http import Http404

from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import NoSuchPurchase, NoSuchSupplier, PurchaseFacts, SupplierFacts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def find_supplier(supplier_id: int) -> SupplierFacts:
    try:
        return queries.supplier(supplier_id)
    except NoSuchSupplier as unknown:
        raise Http404 from unknown


def find_purchase(purchase_id: int) -> PurchaseFacts:
    try:
        return queries.purchase(purchase_id)
    except NoSuchPurchase as unknown:
        raise Http404 from unknown


def as_number(at: datetime) -> int:
    """A moment for an address that undoes exactly what was done then: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def as_moment(number: int) -> datetime:
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError as unknown:
        raise Http404 from unknown
