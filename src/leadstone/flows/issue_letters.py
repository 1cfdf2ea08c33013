"""An issue of a newsletter as a letter: from what its mailing keeps, or from its draft when one of us tries it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from leadstone.domains.delivery.rules import ISSUE_TEST
from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.newsletters.queries import issues, letters
from leadstone.domains.newsletters.queries.issues import IssueCard
from leadstone.infra.letterhead import IssueLetter
from leadstone.kernel.ids import new_ref
from leadstone.wire.letter_body import Block, read_body


def issue_letter(texts: Mapping[str, Any], *, public_url: str, leave_url: str = "", my_url: str = "") -> IssueLetter:
    """`texts`: subject, preheader, blocks, names of topics, and the path of its public page, if it has one."""
    return IssueLetter(
        subject=texts["subject"],
        preheader=texts["preheader"],
        blocks=msgspec.convert(texts["blocks"], tuple[Block, ...]),
        topics=tuple(texts["topics"]),
        web_url=f"{public_url}{texts['path']}" if texts["path"] else "",
        leave_url=leave_url,
        my_url=my_url,
    )


def draft_texts(card: IssueCard) -> dict[str, Any]:
    """What a mailing would keep of an issue as it stands now; it has no public page yet."""
    known = letters.newsletter(card.magnet_id)
    return {
        "subject": card.subject,
        "preheader": card.preheader,
        "blocks": msgspec.to_builtins(read_body(card.body)),
        "topics": known.topic_names(card.topics) if known else [],
        "path": "",
    }


def issue_texts(facts: Mapping[str, object]) -> dict[str, Any] | None:
    """The draft that a test names; None when there is none any more."""
    issue_id = facts.get("issue_id")
    card = issues.issue_or_none(issue_id) if isinstance(issue_id, int) else None
    return draft_texts(card) if card else None


def try_issue(card: IssueCard, *, to_address: str, now: datetime) -> None:
    """Send an issue to one of us, through the same gateway as every letter."""
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=f"issue-test:{card.issue_id}:{new_ref()}",
                kind=ISSUE_TEST,
                contact_id=None,
                to_address=to_address,
                address_hash="",
                language=card.language,
                facts={"issue_id": card.issue_id},
            )
        ],
        now=now,
    )
