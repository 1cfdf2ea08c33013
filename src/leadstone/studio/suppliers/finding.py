"""The supplier, purchase or moment that an address names, or 404."""

from django.http import Http404

from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import NoSuchPurchase, NoSuchSupplier, PurchaseFacts, SupplierFacts
from leadstone.studio.shell.moments import as_moment, as_number

__all__ = ["as_moment", "as_number", "find_purchase", "find_supplier"]


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
