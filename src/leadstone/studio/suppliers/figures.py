"""What came of a supplier's leads, in one line."""

from collections.abc import Collection
from dataclasses import dataclass, field

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.queries.by_supplier import sales_by_supplier
from leadstone.domains.pipeline.queries.sales import Sales
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import Bill


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """The bill of a supplier, and what the leads were worth."""

    bill: Bill = field(default_factory=Bill)
    qualified: int = 0
    sales: Sales = field(default_factory=Sales)

    @property
    def a_customer(self) -> int | None:
        """What one customer cost, in minor units of the supplier's currency; None without any."""
        return round(self.bill.paid / self.sales.customers) if self.sales.customers else None

    @property
    def refused(self) -> int:
        return sum(self.bill.refused.values())


def came(supplier_ids: Collection[int], *, reader: Reader) -> dict[int, Came]:
    """Supplier id → what came of it; a fixed number of queries."""
    bills, good = queries.bills(supplier_ids), queries.qualified(supplier_ids)
    sales = sales_by_supplier(supplier_ids, reader=reader)
    return {pk: Came(bill=bills.get(pk, Bill()), qualified=good.get(pk, 0), sales=sales.get(pk, Sales())) for pk in supplier_ids}
