"""Whose house this is: the team that takes complaints, and the name and address that customers know."""

from dataclasses import dataclass
from typing import Self

from tickets.models import Mailbox, Team, Ticket


@dataclass(frozen=True)
class House:
    """What every page for customers says at its top. `address` is empty where no mailbox is set up."""

    name: str
    address: str

    @classmethod
    def of(cls, mailbox: Mailbox | None) -> Self:
        return cls(mailbox.sender_name, mailbox.address) if mailbox else cls("", "")


def intake_team() -> Team | None:
    """The team that complaints from outside come to; None where nobody takes any yet."""
    return Team.objects.filter(takes_complaints=True).order_by("pk").first()


def house_of_intake() -> House:
    team = intake_team()
    return House.of((team and team.mailboxes.order_by("pk").first()) or Mailbox.objects.order_by("pk").first())


def house_of(ticket: Ticket) -> House:
    """The house as this ticket's mail names it."""
    mailbox = ticket.own_mailbox or ticket.team.mailboxes.order_by("pk").first()
    return House.of(mailbox) if mailbox else house_of_intake()
