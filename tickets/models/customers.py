"""Customers, their addresses, and who takes part in which ticket."""

from django.db import models


class Customer(models.Model):
    """A person who complains; may have several addresses."""

    name = models.CharField(max_length=200)
    about = models.CharField(max_length=200, blank=True, help_text="What an agent should know at a glance.")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class CustomerAddress(models.Model):
    """An address of a customer. `key` is the address as looked up: lower case, IDNA domain (RFC 6531).

    `is_new` is kept in no column: it is true of the object in hand that has just been made, to which nobody has written.
    """

    is_new = False

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    email = models.CharField(max_length=320)
    key = models.CharField(max_length=320, unique=True)
    undeliverable_at = models.DateTimeField(null=True, blank=True)
    undeliverable_because = models.TextField(blank=True)
    soft_bounces = models.PositiveIntegerField(default=0, help_text="Mails that came back for a passing reason.")

    def __str__(self) -> str:
        return self.email


class Participant(models.Model):
    """Somebody outside who takes part in one ticket. `revision` is the counter that revokes their links.

    `reply_to` is where they asked to be answered, where that is not their address (RFC 5322 §3.6.2).
    """

    class Role(models.TextChoices):
        CUSTOMER = "customer", "Customer"
        CC = "cc", "In copy"

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="participants")
    address = models.ForeignKey(CustomerAddress, on_delete=models.CASCADE, related_name="participations")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CUSTOMER)
    reply_to = models.CharField(max_length=320, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "address"], name="participant_once_a_ticket")]

    def __str__(self) -> str:
        return self.name or self.address.email
