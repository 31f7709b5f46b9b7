"""What is said: one place makes messages, whoever speaks, and has them heard."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tickets import search
from tickets.actions.files import StoredFile
from tickets.actions.hearing import listen, show_mood
from tickets.models import Attachment, Message, Note, Ticket
from tickets.models.statements import insert


def say(ticket: Ticket, *, by: str, name: str, text: str, channel: str, said_at: datetime, **more: Any) -> Message:
    """Make the message that the next event of the ticket will record; the caller records it in the same transaction."""
    version = ticket.version + 1
    message = Message(
        ticket=ticket, version=version, by=by, name=name, text=text, channel=channel, said_at=said_at, **more
    )
    if by == Message.By.CUSTOMER and not message.automatic:
        listen(message)
    insert(message)
    _show_last(ticket, message)
    return message


def keep_files(said: Message | Note, files: Sequence[StoredFile], now: datetime) -> None:
    """Attach stored files to a message or a note."""
    owner: dict[str, Any] = {"message": said} if isinstance(said, Message) else {"note": said}
    if files:
        insert(*(Attachment(ticket_id=said.ticket_id, created_at=now, **owner, **vars(file)) for file in files))


def index(message: Message) -> None:
    search.add(message.ticket_id, f"{message.name} {message.text}")


def _show_last(ticket: Ticket, message: Message) -> None:
    """What the list shows of the last words, and of how the customer sounds."""
    ticket.last_by = "customer" if message.by == Message.By.CUSTOMER else "us"
    ticket.last_name, ticket.last_at = message.name, message.said_at
    ticket.last_text = " ".join(message.text.split())[:160]
    if not message.automatic:
        ticket.public_version = message.version
    if message.mood:
        show_mood(ticket, message)
