"""Mail from one of us: somebody's mail passed on, a mail to a customer that we got in copy, an answer to a notice."""

from dataclasses import dataclass

from tickets import access
from tickets.actions.customers import ADDRESS, address_key
from tickets.mail.forwards import forwarded
from tickets.mail.mailboxes import is_ours
from tickets.mail.received import Address, IncomingMail
from tickets.models import Agent, OutgoingMail, Ticket
from tickets.models.kept import Kept


def _read_people() -> frozenset[str]:
    return frozenset(Agent.objects.filter(is_active=True).values_list("email", flat=True))


MOST_OFFERS = 5
our_people = Kept(_read_people, Agent)


@dataclass(frozen=True)
class Offer:
    """Whose ticket a colleague's mail may be: whose words it passes on (`forwarded`), or to whom it was written."""

    customer: Address
    forwarded: bool


def is_one_of_us(email: str) -> bool:
    """Whether the address is a mailbox of ours or one of our people's."""
    return is_ours(email) or address_key(email) in our_people()


def offers(mail: IncomingMail) -> list[Offer]:
    """Whose ticket the mail may be, the likeliest first; empty for a mail that is from none of us. An agent decides."""
    if address_key(mail.from_email) not in our_people():
        return []
    passed_on = forwarded(mail)
    found = [Offer(passed_on.sender, True)] if passed_on else []
    found += [Offer(one, False) for one in (*mail.to, *mail.cc)]
    kept: dict[str, Offer] = {}
    for one in found:
        if _is_outside(one.customer.email):
            kept.setdefault(address_key(one.customer.email), one)
    return list(kept.values())[:MOST_OFFERS]


def noticed(mail: IncomingMail) -> tuple[Agent, Ticket] | None:
    """Who answers which ticket's notice, where they were sent it and may see the ticket."""
    sender = address_key(mail.from_email)
    ids = [one for one in dict.fromkeys([mail.in_reply_to, *reversed(mail.references)]) if one]
    sent = OutgoingMail.objects.filter(mail_id__in=ids, recipient=sender, kind=OutgoingMail.Kind.NOTICE)
    notice = sent.exclude(ticket=None).select_related("ticket__team").first()
    agent = Agent.objects.filter(email=sender, is_active=True).first() if notice else None
    if notice and notice.ticket and agent and access.may_see(agent, notice.ticket):
        return agent, notice.ticket
    return None


def _is_outside(email: str) -> bool:
    return bool(ADDRESS.fullmatch(address_key(email))) and not is_one_of_us(email)
