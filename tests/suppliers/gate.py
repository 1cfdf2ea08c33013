"""One message on its way to one person, and what the gate says of it."""

from leadstone.domains.consent.rules import Purpose
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import Limits, MessageClass, State
from leadstone.domains.delivery.services import gateway
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.infra.blind_index import address_hash
from tests.cast import MONDAY


def what_the_gate_says(
    contact_id: int, email: str, *, kind: str, message_class: MessageClass = MessageClass.TRANSACTIONAL
) -> tuple[State, str]:
    """The state of a message of this kind after the gate, and why it does not leave."""
    marketing = message_class is MessageClass.MARKETING
    wanted = MessageRequest(
        effect_key=f"{kind}:{message_class}",
        kind=kind,
        contact_id=contact_id,
        to_address=email,
        address_hash=address_hash(email),
        language="en",
        message_class=message_class,
        purpose=Purpose.OFFERS.value if marketing else "",
    )
    queue_messages([wanted], now=MONDAY)
    gateway.claim(message_class=message_class, limit=1, worker="one", now=MONDAY)
    pk = Message.objects.get(effect_key=wanted.effect_key).pk
    gateway.settle_and_permit([], {pk: "Subject"}, worker="one", limits=Limits(), now=MONDAY)
    message = Message.objects.get(pk=pk)
    return State(message.state), message.because
