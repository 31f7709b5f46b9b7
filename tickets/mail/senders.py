"""Whom a mail counts as from, and where they want to be answered."""

from dataclasses import replace

from tickets.actions.customers import ADDRESS, address_key
from tickets.mail.mailboxes import is_ours
from tickets.mail.received import Address, IncomingMail
from tickets.models import Mailbox

NOBODY = "<>"  # the envelope sender of what nobody is to answer (RFC 5321 §4.5.5)
ANSWERED_BY_MACHINE = "Auto-Submitted: auto-replied"


def as_sent(mail: IncomingMail, mailbox: Mailbox, envelope_from: str) -> IncomingMail:
    """The mail with the sender that counts: the author; else who sent it off; behind a web form, who filled it in."""
    mail = replace(mail, from_system=True) if envelope_from == NOBODY else mail
    if mailbox.takes_web_forms and mail.bounce is None and (behind := _first(mail.reply_to)):
        answered = mail.automatic and mail.automatic_reason == ANSWERED_BY_MACHINE
        reason = mail.automatic_reason if answered else ""
        name = behind.name or mail.from_name
        return replace(
            mail,
            from_email=behind.email,
            from_name=name,
            reply_to=(),
            automatic=answered,
            automatic_reason=reason,
            from_system=False,
        )
    return mail if mail.from_email or "@" not in envelope_from else replace(mail, from_email=envelope_from)


def answered_at(mail: IncomingMail) -> str:
    """The address in Reply-To (RFC 5322 §3.6.2), where it is another than the sender's; never for a machine's mail."""
    wanted = None if mail.automatic else _first(mail.reply_to)
    return wanted.email if wanted and address_key(wanted.email) != address_key(mail.from_email) else ""


def _first(addresses: tuple[Address, ...]) -> Address | None:
    return next(
        (one for one in addresses if ADDRESS.fullmatch(address_key(one.email)) and not is_ours(one.email)), None
    )
