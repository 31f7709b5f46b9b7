"""Which mailbox of ours an address means."""

from collections.abc import Iterable

from tickets.actions.customers import address_key
from tickets.models import Mailbox, RawMail, Team
from tickets.models.kept import Kept


def _read() -> dict[str, Mailbox]:
    boxes = Mailbox.objects.select_related("team__signatory").order_by("-pk")
    return {address_key(box.address): box for box in boxes}


def _read_keys() -> set[str]:
    return {address_key(address) for address in Mailbox.every.values_list("address", flat=True)}


by_key = Kept(_read, Mailbox, Team)
all_keys = Kept(_read_keys, Mailbox)


def mailbox_at(address: str) -> Mailbox | None:
    """The mailbox of this address, a +tag set aside (RFC 5233); None where it is not ours."""
    local, _, domain = address_key(address).rpartition("@")
    return by_key().get(f"{local.partition('+')[0]}@{domain}")


def mailbox_of(row: RawMail) -> Mailbox:
    """The mailbox that a mail came to."""
    return next((box for box in by_key().values() if box.pk == row.mailbox_id), row.mailbox)


def first_mailbox(addresses: Iterable[str]) -> Mailbox | None:
    return next((mailbox for address in addresses if (mailbox := mailbox_at(address))), None)


def is_ours(address: str) -> bool:
    return mailbox_at(address) is not None


def ours() -> set[str]:
    """The keys of all addresses of ours, and of those that were: what comes from one is no customer's."""
    return all_keys()
