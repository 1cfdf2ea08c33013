"""The only writes of leads."""

from leadstone.domains.leads.services.clock import (
    forget_response,
    note_response,
    start_clock,
)
from leadstone.domains.leads.services.moving import (
    give_up,
    move,
    put_back,
    qualify,
    restore_qualified,
    take_back_move,
    take_back_qualified,
)
from leadstone.domains.leads.services.opening import (
    Handover,
    Interest,
    Meeting,
    add_lead,
    assign_owner,
    end_leads,
    hold_lead,
    hold_unowned,
    name_person,
    open_leads,
    rescore,
    rescore_people,
    state_basis,
    take_over,
)

__all__ = [
    "Handover",
    "Interest",
    "Meeting",
    "add_lead",
    "assign_owner",
    "end_leads",
    "forget_response",
    "give_up",
    "hold_lead",
    "hold_unowned",
    "move",
    "name_person",
    "note_response",
    "open_leads",
    "put_back",
    "qualify",
    "rescore",
    "rescore_people",
    "restore_qualified",
    "start_clock",
    "state_basis",
    "take_back_move",
    "take_back_qualified",
    "take_over",
]
