"""Outgoing mail as rows: wholly composed in the transaction of the verb that causes it, sent later by mail/sending/send.py."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Any
from uuid import uuid4

from django.conf import settings

from tickets import tokens
from tickets.contributions import contributions
from tickets.empathy import language
from tickets.letters import kinds
from tickets.letters.filling import fill
from tickets.letters.in_force import in_force
from tickets.letters.phrases import TEAM, greeting, said_moment
from tickets.models import FOOT, Agent, Mailbox, Message, OutgoingMail, Participant, Ticket
from tickets.models.statements import insert
from tickets.tokens import Purpose

MOST_AUTOMATIC_AN_HOUR = 6  # to one address, so that nobody can be bombed through our form
MOST_REFERENCES = 30
Thread = tuple[str, list[str]]  # In-Reply-To and References, without angle brackets
LONGEST_NAME = 40  # characters that a greeting says of a name
# Up to four words without what links and sentences are made of; a full stop only after an initial or a title.
NAME = re.compile(r"""(?:[^\s\d_.,:;/\\@<>()\[\]{}!?*#%&=+"“”|~$^`]+\.?(?:\s|$)){1,4}""")
Kind = OutgoingMail.Kind
ROW_KINDS = {
    kinds.ACKNOWLEDGEMENT.key: Kind.ACKNOWLEDGEMENT,
    kinds.HOLDING_UPDATE.key: Kind.HOLDING_UPDATE,
    kinds.SETTLED.key: Kind.SETTLED,
    kinds.SETTLED_AGAIN.key: Kind.SETTLED,
    kinds.LINK.key: Kind.LINK,
}
NEVER_ANSWERED = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce")


def page_url(participant: Participant) -> str:
    """The participant's own page. Whoever holds it may read and answer: it is mailed, never logged."""
    return f"{settings.PUBLIC_URL}/t/{tokens.make(participant, Purpose.PAGE)}/"


def reply(message: Message, participants: Sequence[Participant], now: datetime) -> None:
    """Queue one mail a recipient for a public reply, each with its own link below the words."""
    ticket, locale = message.ticket, spoken_in(message.text)
    thread, footer = _thread(ticket), in_force(kinds.FOOTER.key, locale, ticket.team_id).body
    for participant in participants:
        below = fill(footer, _facts(ticket, participant, locale))
        _queue(
            ticket,
            participant,
            now,
            thread,
            kind=OutgoingMail.Kind.REPLY,
            once=f"reply:{message.pk}:{participant.pk}",
            message=message,
            locale=locale,
            subject=_subject(ticket),
            text=message.text + FOOT + below,
            signed_by=message.name,
            shown_to=message.to,
            shown_cc=message.cc,
        )


def acknowledge(ticket: Ticket, participant: Participant, message: Message, now: datetime) -> None:
    """Queue the acknowledgement. It quotes nothing of what was typed, since anybody can type any address."""
    if may_write_automatically(participant.address.key, now, is_new=participant.address.is_new):
        thread = (message.message_id, [message.message_id] if message.message_id else [])
        once, locale = f"acknowledgement:{message.pk}", spoken_in(message.text)
        _automatic(ticket, participant, now, kinds.ACKNOWLEDGEMENT, once, thread, locale)


def ask_settled(ticket: Ticket, participant: Participant, once: str, again: bool, now: datetime) -> None:
    kind = kinds.SETTLED_AGAIN if again else kinds.SETTLED
    _automatic(ticket, participant, now, kind, once, _thread(ticket), customers_locale(ticket))


def send_link(ticket: Ticket, participant: Participant, now: datetime) -> None:
    once = f"link:{participant.pk}:{participant.revision}"
    _automatic(ticket, participant, now, kinds.LINK, once, _thread(ticket), customers_locale(ticket))


def hold_update(ticket: Ticket, participant: Participant, once: str, news_by: datetime, now: datetime) -> None:
    """Queue the letter that says that we are still on it; `news_by` on the wall that the customer should read."""
    locale = customers_locale(ticket)
    said = {"news_by": said_moment(news_by, locale)}
    _automatic(ticket, participant, now, kinds.HOLDING_UPDATE, once, _thread(ticket), locale, said)


def customers_locale(ticket: Ticket) -> str:
    """The language in which the customer wrote last, among those that letters are written in."""
    theirs = ticket.messages.filter(by=Message.By.CUSTOMER, automatic=False).order_by("-version")
    return spoken_in(f"{ticket.subject}. {theirs.values_list('text', flat=True).first() or ''}")


def spoken_in(text: str) -> str:
    """The language of a text, among those that letters are written in."""
    found = language.detect(text)
    return found if found in kinds.CUSTOMERS_LOCALES else kinds.DEFAULT


def tell(
    agent: Agent,
    kind: kinds.Kind,
    values: Mapping[str, str],
    once: str,
    now: datetime,
    ticket: Ticket | None = None,
) -> None:
    """Queue a letter to one of ours; a second call with the same `once` does nothing."""
    letter = in_force(kind.key, kinds.DEFAULT, ticket.team_id if ticket else None)
    facts = {"name": agent.name, **values}
    notify(agent, fill(letter.subject, facts), fill(letter.body, facts), once, now, ticket)


def notify(agent: Agent, subject: str, text: str, once: str, now: datetime, ticket: Ticket | None = None) -> None:
    """Queue a notice to one of ours; a second call with the same `once` does nothing."""
    if OutgoingMail.objects.filter(once=once).exists():
        return
    mailbox = _mailbox(ticket)
    OutgoingMail.objects.create(
        kind=OutgoingMail.Kind.NOTICE,
        ticket=ticket,
        once=once,
        recipient=agent.email,
        sender=formataddr(("Kintsugi", mailbox.address)) if mailbox else "Kintsugi <kintsugi@localhost>",
        subject=subject[:400],
        text=text,
        mail_id=new_id(mailbox),
        is_automatic=True,
        due_at=now,
        created_at=now,
    )


def may_write_automatically(address_key: str, now: datetime, *, is_new: bool = False) -> bool:
    """Whether an automatic mail may go there now: no machine's address, none that gets too many (RFC 3834 §2).

    An address that is new here has had none yet, and need not be looked up.
    """
    if is_new or address_key.startswith(NEVER_ANSWERED):
        return not address_key.startswith(NEVER_ANSWERED)
    recent = OutgoingMail.objects.filter(
        recipient=address_key, created_at__gt=now - timedelta(hours=1), is_automatic=True
    )
    return recent.count() < MOST_AUTOMATIC_AN_HOUR


def _automatic(
    ticket: Ticket,
    participant: Participant,
    now: datetime,
    kind: kinds.Kind,
    once: str,
    thread: Thread,
    locale: str,
    more: Mapping[str, str] | None = None,
) -> None:
    letter = in_force(kind.key, locale, ticket.team_id)
    contributed = contributions.merged(contributions.mail_values, ticket, now)
    promised = {name: said_moment(time, locale) for name, time in contributed.items()}
    facts = {**_facts(ticket, participant, locale), **promised, **(more or {})}
    facts |= {"subject": _subject(ticket)} if "subject" in kind.placeholders else {}
    signatory = ticket.team.signatory
    _queue(
        ticket,
        participant,
        now,
        thread,
        kind=ROW_KINDS[kind.key],
        once=once,
        locale=locale,
        subject=fill(letter.subject, facts)[:400],
        text=fill(letter.body, facts),
        signed_by=signatory.name if signatory else ticket.team.name,
        is_automatic=True,
    )


def _facts(ticket: Ticket, participant: Participant, locale: str) -> dict[str, str]:
    """What every letter to a customer knows."""
    mailbox, signatory = _mailbox(ticket), ticket.team.signatory
    return {
        **addressed(participant.name or participant.address.customer.name, locale),
        "number": str(ticket.pk),
        "page": page_url(participant),
        "signatory": signatory.name if signatory else TEAM[locale].format(team=ticket.team.name),
        "house": mailbox.sender_name if mailbox else "",
    }


def addressed(name: str, locale: str) -> dict[str, str]:
    """How a letter speaks to somebody of this name."""
    spoken = _spoken(name)
    return {"greeting": greeting(spoken, locale), "name": spoken}


def _spoken(name: str) -> str:
    """The name as a greeting says it; empty for one that could carry a message to whoever's address was typed with it."""
    return name if len(name) <= LONGEST_NAME and NAME.fullmatch(name) else ""


def _queue(
    ticket: Ticket, participant: Participant, now: datetime, thread: Thread, *, signed_by: str, **values: Any
) -> None:
    mailbox = _mailbox(ticket)
    address = participant.address
    trouble = address.undeliverable_because or "mail to it came back" if address.undeliverable_at else ""
    mail = OutgoingMail(
        ticket=ticket,
        participant=participant,
        recipient=address.key,
        sender=formataddr((f"{signed_by}, {mailbox.sender_name}", mailbox.address)) if mailbox else signed_by,
        reply_to=_reply_address(mailbox, participant),
        envelope_from="" if values.get("is_automatic") or not mailbox else mailbox.address,
        mail_id=new_id(mailbox),
        in_reply_to=thread[0],
        references=thread[1],
        created_at=now,
        due_at=None if trouble else now,
        state=OutgoingMail.State.FAILED if trouble else OutgoingMail.State.QUEUED,
        answer=f"Not sent: {trouble}."[:500] if trouble else "",
        **values,
    )
    insert(mail)


def _mailbox(ticket: Ticket | None) -> Mailbox | None:
    """Whence mail of this ticket leaves: its team's mailbox, else where it came in, else the first one."""
    if ticket is None:
        return Mailbox.objects.order_by("pk").first()
    return ticket.own_mailbox or ticket.team.mailboxes.first() or Mailbox.objects.order_by("pk").first()


def _reply_address(mailbox: Mailbox | None, participant: Participant) -> str:
    if mailbox is None:
        return ""
    local, _, domain = mailbox.address.rpartition("@")
    return f"{local}+{tokens.make(participant, Purpose.REPLY)}@{domain}"


def _subject(ticket: Ticket) -> str:
    """The subject of the conversation: the title at its first words. A new title is the desk's: it would part the thread.

    Below a customer's mail it is that mail's own, which a number would make another (RFC 5322 §3.6.5, RFC 5256 §2.1).
    """
    first = ticket.messages.order_by("version").values_list("version", "message_id").first()
    version, began_as = first or (ticket.version, "")
    renamed = ticket.events.filter(kind="renamed", version__gt=version).order_by("version").first()
    title = renamed.data["from"] if renamed else ticket.subject
    subject = title if title.lower().startswith("re:") else f"Re: {title}"
    return subject if began_as else f"{subject} [{ticket.pk}]"


def new_id(mailbox: Mailbox | None) -> str:
    """A Message-ID of ours, without angle brackets."""
    domain = mailbox.address.rpartition("@")[2] if mailbox else "localhost"
    return f"{uuid4().hex}@{domain}"


def _thread(ticket: Ticket) -> Thread:
    """In-Reply-To and References, oldest first: in answer to the last mail that somebody wrote, else to a machine's, else ours.

    Our answer to a mail, an acknowledgement, can be of the same moment as that mail, and comes after it (RFC 5322 §3.6.4).
    """
    received = ticket.messages.exclude(message_id="").values_list("said_at", "message_id", "automatic")
    theirs = [(at, 0, one) for at, one, _ in received]
    written = [(at, 0, one) for at, one, automatic in received if not automatic]
    mails = ticket.outgoing_mails.exclude(kind="notice").order_by("pk").values_list("created_at", "pk", "mail_id")
    ours = list(mails)
    last = max(written or theirs or ours, default=(None, 0, ""))[2]
    chain = [one for *_, one in sorted([*theirs, *ours]) if one != last]
    return last, [*chain[:1], *chain[1:][-MOST_REFERENCES:], last] if last else []
