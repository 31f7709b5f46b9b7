"""What was said, as the customer may read it: public words alone, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tickets.models import Attachment, Message, Participant

SHOWN = 3  # letters; earlier ones are folded away


@dataclass(frozen=True)
class Letter:
    """One message. `by` is who said it, "You" for the one who reads the page."""

    by: str
    is_ours: bool
    at: datetime
    text: str
    attachments: Sequence[Attachment]


@dataclass(frozen=True)
class Conversation:
    letters: Sequence[Letter]
    earlier: Sequence[Letter]


def conversation(participant: Participant) -> Conversation:
    """Two queries, however long it is. Notes are another type and replies that may be undone no messages yet.

    Automatic mail (an absence notice of theirs) is left out: nobody said it.
    """
    said = participant.ticket.messages.filter(automatic=False).order_by("-version").prefetch_related("attachments")
    letters = [_letter(message, participant) for message in said]
    return Conversation(letters[:SHOWN], letters[SHOWN:])


def _letter(message: Message, reader: Participant) -> Letter:
    return Letter(
        by=_("You") if message.participant_id == reader.pk else message.name,
        is_ours=message.by != Message.By.CUSTOMER,
        at=message.said_at,
        text=message.text,
        attachments=list(message.attachments.all()),
    )
