"""A mail becomes words on a ticket: its text, what is new in it, its safe HTML and its files."""

from dataclasses import dataclass
from datetime import datetime

from tickets.actions import files
from tickets.actions.customers import address_key
from tickets.actions.importing import import_answer, import_complaint
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.mail.colleagues import is_one_of_us
from tickets.mail.mailboxes import mailbox_of
from tickets.mail.received import IncomingMail, Seal
from tickets.mail.sanitize import safe_html
from tickets.mail.senders import answered_at
from tickets.mail.trust import Trust
from tickets.models import Channel, Message, Participant, RawMail, Ticket

MOST_CHARACTERS = 100_000
SEALED = "This mail is encrypted: its words are in the attached file, and only who holds the key can read them."


@dataclass(frozen=True)
class Arrival:
    """A mail that somebody sent to a mailbox of ours, and how far its sender is believed."""

    row: RawMail
    mail: IncomingMail
    trust: Trust


def join(arrival: Arrival, ticket: Ticket, sender: Participant | None, *, now: datetime) -> Message:
    """Add the mail to a ticket; where nothing in it is new (only quoted text), the whole text is what was said.

    People in copy take part from now on where the sender takes part and is verified (anyone can type a Cc).
    """
    return receive_answer(ticket, _answer(arrival, sender), now=now)


def add_to_history(arrival: Arrival, ticket: Ticket, sender: Participant) -> Message:
    """Add an old mail to the old ones that it answers, as of when it came."""
    return import_answer(ticket, _answer(arrival, sender), now=arrival.row.received_at)


def _answer(arrival: Arrival, sender: Participant | None) -> Answer:
    mail = arrival.mail
    return Answer(
        participant=sender,
        name=mail.from_name or ("" if sender else mail.from_email),
        text=_words(mail, mail.reply_text or mail.text),
        full_text=mail.text,
        html=safe_html(mail.html),
        channel=Channel.EMAIL,
        files=store_files(mail),
        message_id=mail.message_id,
        raw_mail=arrival.row,
        automatic=mail.automatic,
        warning=_warning(arrival, None),
        seal=mail.seal,
        reply_to=answered_at(mail),
        copied=_copied(arrival) if sender else (),
    )


def begin(arrival: Arrival, related: Ticket | None, *, now: datetime) -> Ticket:
    """Begin a ticket with the mail. `related` is the ticket that it points to without belonging to it."""
    return receive_complaint(_complaint(arrival, related), now=now)


def keep_as_history(arrival: Arrival, related: Ticket | None) -> Ticket:
    """A closed ticket with an old mail, as of when it came."""
    return import_complaint(_complaint(arrival, related), now=arrival.row.received_at)


def _complaint(arrival: Arrival, related: Ticket | None) -> Complaint:
    row, mail, mailbox = arrival.row, arrival.mail, mailbox_of(arrival.row)
    return Complaint(
        email=mail.from_email,
        name=mail.from_name,
        subject=mail.subject,
        text=_words(mail, mail.text),
        html=safe_html(mail.html),
        channel=Channel.EMAIL,
        team=mailbox.team,
        mailbox=mailbox,
        files=store_files(mail),
        message_id=mail.message_id,
        raw_mail=row,
        automatic=mail.automatic,
        acknowledge=arrival.trust is not Trust.FORGED and not row.imported,
        warning=_warning(arrival, related),
        seal=mail.seal,
        reply_to=answered_at(mail),
        previous=related,
        copied=_copied(arrival),
    )


def store_files(mail: IncomingMail) -> list[files.StoredFile]:
    """Keep the files of a mail, whatever they are: agents get them as downloads, which open nothing by themselves."""
    return [
        files.store(one.filename, one.content_type, one.data, one.content_id, one.inline) for one in mail.attachments
    ]


def _words(mail: IncomingMail, text: str) -> str:
    return text[:MOST_CHARACTERS].strip() or (SEALED if mail.seal is Seal.ENCRYPTED else "(no words)")


def _warning(arrival: Arrival, related: Ticket | None) -> str:
    row = arrival.row
    said = ["The sender could not be verified (DMARC failed)."] if arrival.trust is Trust.FORGED else []
    said += [f"Possibly related to {related.pk}."] if related else []
    said += [f"Imported: it came on {row.received_at:%d %B %Y} and was not acknowledged."] if row.imported else []
    return " ".join([*said, *arrival.mail.notes])[:300]


def _copied(arrival: Arrival) -> list[tuple[str, str]]:
    """Everybody else whom the mail was sent to, but for us."""
    mail = arrival.mail
    if arrival.trust is not Trust.VERIFIED:
        return []
    known = {address_key(mail.from_email), address_key(answered_at(mail))}
    others = [one for one in (*mail.to, *mail.cc) if address_key(one.email) not in known]
    return [(one.name, one.email) for one in others if not is_one_of_us(one.email)]
