"""A return address of its own for each mail that may come back (VERP): what comes back unreadable is known by it too."""

from collections.abc import Iterable, Iterator

from tickets import tokens
from tickets.models import OutgoingMail

LONGEST_LOCAL_PART = 64  # octets (RFC 5321 §4.5.3.1.1)


def return_path(mail: OutgoingMail) -> str:
    """Where the mail comes back to: our address with a signed +tag (RFC 5233); empty for mail that never comes back."""
    local, at, domain = mail.envelope_from.rpartition("@")
    tagged = f"{local}+{tokens.make_returned(mail.pk)}"
    return f"{tagged}@{domain}" if at and len(tagged.encode()) <= LONGEST_LOCAL_PART else mail.envelope_from


def mail_at(addresses: Iterable[str]) -> OutgoingMail | None:
    """The mail of ours that has one of these addresses to come back to."""
    sent = OutgoingMail.objects.select_related("ticket__team", "ticket__customer", "participant__address")
    numbers = [number for tag in tags(addresses) if (number := tokens.read_returned(tag))]
    return sent.filter(pk__in=numbers[:1], envelope_from__gt="").first() if numbers else None


def tags(addresses: Iterable[str]) -> Iterator[str]:
    """What stands behind the + in each, in lower case, since mail servers may fold the case."""
    for address in dict.fromkeys(one.lower() for one in addresses):
        if tag := address.rpartition("@")[0].partition("+")[2]:
            yield tag
