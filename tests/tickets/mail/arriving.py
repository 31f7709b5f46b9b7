"""A mail arrives in a test: stored and read, as every way in does it."""

from datetime import datetime
from email.message import EmailMessage

from tests.cast import NOW, Cast
from tickets.mail.intake import take_in
from tickets.mail.store import store
from tickets.models import RawMail


def arrives(cast: Cast, mail: EmailMessage | bytes, *, now: datetime = NOW) -> RawMail:
    """What became of the mail; the same bytes again answer with the row that they have."""
    row, is_new = store(mail if isinstance(mail, bytes) else mail.as_bytes(), cast.mailbox, now=now)
    return take_in(row, now=now) if is_new else row
