"""What shipments tell the house."""

from leadstone.kernel.events import Event


class ParcelReserved(Event, frozen=True, kw_only=True):
    """One of the stock is somebody's. `waited`: they stood in line for it."""

    parcel_id: int
    waited: bool = False


class ParcelRefused(Event, frozen=True, kw_only=True):
    """No parcel leaves for this grant as things are: in line, to a household that has had one, or without an address."""

    parcel_id: int
    state: str


class StockChanged(Event, frozen=True, kw_only=True):
    """There is more or less to give than before."""

    magnet_id: int
