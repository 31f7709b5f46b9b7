"""What a customer writes on their page, taken once however often it is posted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from tickets.actions.files import StoredFile
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.models import Channel, Participant, Receipt, Ticket
from tickets.portal.repeats import key_of

SCOPE = "answer"


def answer(
    participant: Participant, typed: Mapping[str, str], files: Sequence[StoredFile], now: datetime
) -> Ticket | None:
    """Join the words to the ticket. Where that closed too long ago they begin a new one, which is answered.

    `typed` holds `text` and the form's `key`.
    """
    ticket = participant.ticket
    key = key_of(f"page:{participant.pk}", typed["key"], [typed["text"]], files, now)
    if not ticket.may_reopen(now):
        return receive_complaint(_renewed(participant, typed["text"], files, key), now=now)
    with transaction.atomic():
        _, is_new = Receipt.objects.get_or_create(scope=SCOPE, key=key, defaults={"ticket": ticket, "created_at": now})
        if is_new:
            said = Answer(participant, str(participant), typed["text"], Channel.PAGE, files=files)
            receive_answer(ticket, said, now=now)
    return None


def _renewed(participant: Participant, text: str, files: Sequence[StoredFile], key: str) -> Complaint:
    ticket = participant.ticket
    return Complaint(
        email=participant.address.email,
        name=str(participant),
        subject=ticket.subject,
        text=text,
        channel=Channel.PAGE,
        team=ticket.team,
        mailbox=ticket.mailbox,
        files=files,
        key=key,
        previous=ticket,
    )
