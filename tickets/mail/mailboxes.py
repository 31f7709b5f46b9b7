"""Which mailbox of ours an address means."""

from collections.abc import Iterable

from tickets.actions.customers import address_key
from tickets.models import Mailbox


def mailbox_at(address: str) -> Mailbox | None:
    """The mailbox of this address, a +tag set aside (RFC 5233); None where it is not ours."""
    local, _, domain = address_key(address).rpartition("@")
    return Mailbox.objects.select_related("team").filter(address__iexact=f"{local.partition('+')[0]}@{domain}").first()


def first_mailbox(addresses: Iterable[str]) -> Mailbox | None:
    return next((mailbox for address in addresses if (mailbox := mailbox_at(address))), None)


def ours() -> set[str]:
    """The keys of all addresses of ours."""
    return {address_key(address) for address in Mailbox.objects.values_list("address", flat=True)}
