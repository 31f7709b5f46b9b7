"""Who a customer is: found by address, made where unknown."""

import contextlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from tickets.errors import Invalid
from tickets.models import Customer, CustomerAddress, Participant, Ticket
from tickets.models.statements import exists, insert, insert_new

MOST_PARTICIPANTS = 40
ADDRESS = re.compile(
    r"[^@\s<>\",;:()\[\]\\]{1,64}@(?=.{1,255}$)[\w](?:[\w-]*[\w])?(?:\.[\w](?:[\w-]*[\w])?)+", re.ASCII
)


def address_key(email: str) -> str:
    """The address as it is looked up: lower case, its domain in IDNA (RFC 5891), as in RFC 6531 §3.3."""
    local, _, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode() if not domain.isascii() else domain
    return f"{local}@{domain}".lower()


def check_email(field: str, email: str) -> str:
    """The address, trimmed; raises Invalid where it is none."""
    email = email.strip()
    if len(email) > 320 or not ADDRESS.fullmatch(address_key(email)):
        raise Invalid({field: "This is not an email address we can answer, like name@example.com."})
    return email


def customer_at(email: str, name: str, now: datetime) -> CustomerAddress:
    """The known address, with its customer, or a new customer with it."""
    key = address_key(email)
    if exists(CustomerAddress, key=key):
        return CustomerAddress.objects.select_related("customer").get(key=key)
    shown = " ".join(name.replace("\0", "").split())[:200] or email.partition("@")[0]
    insert(customer := Customer(name=shown, created_at=now))
    address = CustomerAddress(customer=customer, email=email, key=key)
    address.is_new = insert_new(address)
    if address.is_new:
        return address
    customer.delete()  # another mail of theirs made them known at this very moment
    return CustomerAddress.objects.select_related("customer").get(key=key)


def bring_in(ticket: Ticket, people: Sequence[tuple[str, str]], now: datetime) -> list[str]:
    """Let people in copy, by name and address, take part; answers those who did not before. At most 40 do in a ticket."""
    if not people:
        return []
    known = set(ticket.participants.values_list("address__key", flat=True))
    brought = []
    for name, email in people:
        key = address_key(email)
        if key not in known and len(known) < MOST_PARTICIPANTS and ADDRESS.fullmatch(key):
            known.add(key)
            take_part(ticket, customer_at(email, name, now), name, Participant.Role.CC)
            brought.append(name or email)
    return brought


def take_part(
    ticket: Ticket, address: CustomerAddress, name: str, role: str = Participant.Role.CUSTOMER
) -> Participant:
    """This address's part in the ticket, made where it has none."""
    values = {"name": name[:200], "role": role}
    participant, _ = Participant.objects.get_or_create(ticket=ticket, address=address, defaults=values)
    return participant
