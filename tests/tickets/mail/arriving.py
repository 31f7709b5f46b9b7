"""A mail arrives in a test: stored and read, as every way in does it."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.cast import NOW, Cast
from tickets.mail.intake import take_in
from tickets.mail.sending.composing import compose
from tickets.mail.store import store
from tickets.models import OutgoingMail, RawMail


def arrives(cast: Cast, mail: EmailMessage | bytes, *, now: datetime = NOW) -> RawMail:
    """What became of the mail; the same bytes again answer with the row that they have."""
    row, is_new = store(mail if isinstance(mail, bytes) else mail.as_bytes(), cast.mailbox, now=now)
    return take_in(row, now=now) if is_new else row


def as_received(row: OutgoingMail) -> EmailMessage:
    """A mail of ours as whoever gets it reads it."""
    mail = message_from_bytes(compose(row).as_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail
