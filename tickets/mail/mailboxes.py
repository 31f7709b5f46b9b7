"""Which mailbox of ours an address means."""

from collections.abc import Iterable

from tickets.actions.customers import address_key
from tickets.models import Mailbox, Team
from tickets.models.kept import Kept


def _read() -> dict[str, Mailbox]:
    boxes = Mailbox.objects.select_related("team__signatory").order_by("-pk")
    return {address_key(box.address): box for box in boxes}


by_key = Kept(_read, Mailbox, Team)


def mailbox_at(address: str) -> Mailbox | None:
    """The mailbox of this address, a +tag set aside (RFC 5233); None where it is not ours."""
    local, _, domain = address_key(address).rpartition("@")
    return by_key().get(f"{local.partition('+')[0]}@{domain}")


def first_mailbox(addresses: Iterable[str]) -> Mailbox | None:
    return next((mailbox for address in addresses if (mailbox := mailbox_at(address))), None)


def ours() -> set[str]:
    """The keys of all addresses of ours."""
    return set(by_key())
