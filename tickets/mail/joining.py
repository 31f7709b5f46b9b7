"""A mail becomes words on a ticket: its text, what is new in it, its safe HTML and its files."""

from datetime import datetime

from tickets.actions import files
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.mail.mailboxes import ours
from tickets.mail.received import IncomingMail
from tickets.mail.sanitize import safe_html
from tickets.mail.trust import Trust
from tickets.models import Channel, Message, Participant, RawMail, Ticket

MOST_COPIED = 20
MOST_CHARACTERS = 100_000


def join(row: RawMail, mail: IncomingMail, ticket: Ticket, sender: Participant | None, *, now: datetime) -> Message:
    """Add the mail to a ticket; where nothing in it is new (only quoted text), the whole text is what was said."""
    answer = Answer(
        participant=sender,
        name=mail.from_name or ("" if sender else mail.from_email),
        text=_words(mail.reply_text or mail.text),
        full_text=mail.text,
        html=safe_html(mail.html),
        channel=Channel.EMAIL,
        files=store_files(mail),
        message_id=mail.message_id,
        raw_mail=row,
        automatic=mail.automatic,
        warning=" ".join(mail.notes)[:300],
    )
    return receive_answer(ticket, answer, now=now)


def begin(row: RawMail, mail: IncomingMail, related: Ticket | None, trusted: Trust, *, now: datetime) -> Ticket:
    """Begin a ticket with the mail. People in copy take part only if its sender is verified (anyone can type a Cc)."""
    complaint = Complaint(
        email=mail.from_email,
        name=mail.from_name,
        subject=mail.subject,
        text=_words(mail.text),
        html=safe_html(mail.html),
        channel=Channel.EMAIL,
        team=row.mailbox.team,
        mailbox=row.mailbox,
        files=store_files(mail),
        message_id=mail.message_id,
        raw_mail=row,
        automatic=mail.automatic,
        acknowledge=trusted is not Trust.FORGED and not row.imported,
        warning=_warning(row, mail, related, trusted),
        previous=related,
        copied=_copied(mail) if trusted is Trust.VERIFIED else (),
    )
    return receive_complaint(complaint, now=now)


def store_files(mail: IncomingMail) -> list[files.StoredFile]:
    """Keep the files of a mail, whatever they are: agents get them as downloads, which open nothing by themselves."""
    return [
        files.store(one.filename, one.content_type, one.data, one.content_id, one.inline) for one in mail.attachments
    ]


def _words(text: str) -> str:
    return text[:MOST_CHARACTERS].strip() or "(no words)"


def _warning(row: RawMail, mail: IncomingMail, related: Ticket | None, trusted: Trust) -> str:
    said = ["The sender could not be verified (DMARC failed)."] if trusted is Trust.FORGED else []
    said += [f"Possibly related to {related.pk}."] if related else []
    said += [f"Imported: it came on {row.received_at:%d %B %Y} and was not acknowledged."] if row.imported else []
    return " ".join([*said, *mail.notes])[:300]


def _copied(mail: IncomingMail) -> list[tuple[str, str]]:
    own = ours()
    return [
        (address.name, address.email)
        for address in (*mail.to, *mail.cc)
        if _base(address.email) not in own and address.email.lower() != mail.from_email.lower()
    ][:MOST_COPIED]


def _base(email: str) -> str:
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
