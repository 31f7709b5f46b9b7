"""Mail that needs a person, as the desk shows it."""

from typing import Any

from tickets.api.presenting import timeline
from tickets.api.presenting.people import iso
from tickets.mail import quarantine
from tickets.mail.colleagues import offers
from tickets.mail.reading.identity import MADE_UP
from tickets.models import OutgoingMail, RawMail

MOST_TEXT = 100_000  # characters


def delivery(row: OutgoingMail) -> dict[str, Any]:
    shown = timeline.delivery(row)
    return {
        **shown,
        "ticket": row.ticket_id,
        "attempts": row.attempts,
        "subject": row.subject,
        "at": iso(row.created_at),
    }


def held(row: RawMail) -> dict[str, Any]:
    return {
        "id": row.pk,
        "from": row.sender,
        "subject": row.subject,
        "received_at": iso(row.received_at),
        "reason": row.reason,
        "excerpt": row.excerpt,
        "mailbox": row.mailbox.address,
        "suggested_ticket": row.suggested_id,
        "attempts": row.attempts,
        "ticket": row.ticket_id,
        "handled_by": row.handled_by,
        "handled_at": iso(row.handled_at),
    }


def held_detail(row: RawMail) -> dict[str, Any]:
    """The same with what it says; read anew from its bytes, as text."""
    mail, here = quarantine.read(row), f"/api/quarantine/{row.pk}"
    headers = {
        "From": f"{mail.from_name} <{mail.from_email}>".strip(),
        "To": ", ".join(row.envelope_to) or ", ".join(str(one) for one in mail.recipients),
        "Envelope from": row.envelope_from,
        "Subject": mail.subject,
        "Date": iso(mail.date) or "",
        "Message-ID": "" if mail.message_id.endswith(MADE_UP) else mail.message_id,
        "In-Reply-To": mail.in_reply_to,
        "Authentication-Results": "; ".join(mail.auth_results),
    }
    shown = {name: value for name, value in headers.items() if value}
    return {
        **held(row),
        "text": mail.text[:MOST_TEXT],
        "headers": shown,
        "raw": f"{here}/raw/",
        "html": f"{here}/html/" if mail.html else None,
        "seal": mail.seal or None,
        "files": [
            {"filename": one.filename, "size": one.size, "url": f"{here}/files/{place}/"}
            for place, one in enumerate(mail.attachments)
        ],
        "offers": [
            {"name": one.customer.name, "email": one.customer.email, "forwarded": one.forwarded} for one in offers(mail)
        ]
        if row.outcome == RawMail.Outcome.QUARANTINED
        else [],
    }
