"""The only writes of codes: filling pools, giving codes to people, redeeming them."""

from leadstone.domains.codes.services.claiming import claim_code, leave_line, note_reminded, wait_for_code
from leadstone.domains.codes.services.filling import Filled, RowFault, add_codes, make_codes, mark_low, open_pool
from leadstone.domains.codes.services.redeeming import Redeemed, forget_deal, note_deal, redeem, take_back

__all__ = [
    "Filled",
    "Redeemed",
    "RowFault",
    "add_codes",
    "claim_code",
    "forget_deal",
    "leave_line",
    "make_codes",
    "mark_low",
    "note_deal",
    "note_reminded",
    "open_pool",
    "redeem",
    "take_back",
    "wait_for_code",
]
