"""Rows written by kept statements are what Django would have written; rows of the house that are kept do not grow stale."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOW, Cast
from tickets.mail.mailboxes import mailbox_at
from tickets.models import Customer, CustomerAddress, Mailbox, Ticket, TicketEvent, kept
from tickets.models.statements import exists, insert, insert_new, update


def ticket(cast: Cast, **values: object) -> Ticket:
    customer = Customer.objects.create(name="Jo", created_at=NOW)
    return Ticket(
        subject="Boots",
        customer=customer,
        team=cast.deliveries,
        created_at=NOW,
        updated_at=NOW,
        channel="form",
        **values,
    )


def test_it_inserts_what_django_would_have_inserted(cast: Cast) -> None:
    made, saved = ticket(cast, mood_words=["wet"], mended=None), ticket(cast, mood_words=["wet"], mended=None)
    insert(made)
    saved.save(force_insert=True)
    differing = {"id", "customer_id"}
    found = [Ticket.objects.filter(pk=one.pk).values().get() for one in (made, saved)]
    assert found[0] | dict.fromkeys(differing) == found[1] | dict.fromkeys(differing)


def test_it_gives_the_row_its_number_and_knows_it_as_there(cast: Cast) -> None:
    row = ticket(cast)
    insert(row)
    assert row.pk and not row._state.adding


def test_it_inserts_several_rows_at_once_each_with_its_own_number(cast: Cast) -> None:
    one, two = ticket(cast), ticket(cast)
    two.subject = "Laces"
    insert(one, two)
    assert [Ticket.objects.get(pk=row.pk).subject for row in (one, two)] == ["Boots", "Laces"]


def test_it_inserts_nothing_that_is_there_and_the_transaction_goes_on(cast: Cast) -> None:
    customer = Customer.objects.create(name="Jo", created_at=NOW)
    known = CustomerAddress(customer=customer, email="jo@x.example", key="jo@x.example")
    assert insert_new(known) and known.pk
    assert not insert_new(CustomerAddress(customer=customer, email="JO@x.example", key="jo@x.example"))
    assert CustomerAddress.objects.get().email == "jo@x.example"


def test_it_updates_the_named_fields_alone(cast: Cast) -> None:
    row = ticket(cast)
    insert(row)
    row.subject, row.mended, row.level = "Torn boots", {"heard": "now"}, 2
    update(row, ["subject", "mended"])
    again = Ticket.objects.get(pk=row.pk)
    assert (again.subject, again.mended, again.level) == ("Torn boots", {"heard": "now"}, 0)


def test_it_updates_only_what_still_is_as_it_was(cast: Cast) -> None:
    row = ticket(cast)
    insert(row)
    row.subject = "Mine"
    assert update(row, ["subject"], state="new", level=0)
    row.subject = "Theirs"
    assert not update(row, ["subject"], state="closed")
    assert Ticket.objects.get(pk=row.pk).subject == "Mine"


def test_it_says_whether_there_is_a_row_with_these_values(cast: Cast) -> None:
    row = ticket(cast)
    insert(row)
    assert exists(Ticket, subject="Boots", assignee=None)
    assert exists(Ticket, customer=row.customer_id, state="new")
    assert not exists(Ticket, subject="Boots", state="closed")
    assert not exists(Ticket, subject=None)


def test_the_databases_constraints_hold(cast: Cast) -> None:
    row = ticket(cast)
    insert(row)
    fact = {"ticket": row, "version": 1, "kind": "noted", "at": NOW, "by_kind": "system", "by_name": "Kintsugi"}
    insert(TicketEvent(**fact))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(TicketEvent(**fact))


def test_an_address_is_known_once(cast: Cast) -> None:
    customer = Customer.objects.create(name="Jo", created_at=NOW)
    insert(CustomerAddress(customer=customer, email="jo@x.example", key="jo@x.example"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(CustomerAddress(customer=customer, email="JO@x.example", key="jo@x.example"))


def test_a_saved_mailbox_is_seen_at_once(cast: Cast) -> None:
    assert mailbox_at("help@kintsugi.example") is None
    made = Mailbox.objects.create(name="help", address="help@kintsugi.example", team=cast.deliveries, sender_name="Us")
    assert mailbox_at("Help+tag@kintsugi.example") == made
    made.delete()
    assert mailbox_at("help@kintsugi.example") is None


def test_one_changed_elsewhere_is_seen_once_what_was_kept_is_old(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Mailbox.objects.get(address="support@kintsugi.example")
    assert mailbox_at(box.address)
    Mailbox.objects.filter(pk=box.pk).update(address="new@kintsugi.example")  # as another process would
    assert mailbox_at("new@kintsugi.example") is None
    monkeypatch.setattr(kept, "SECONDS", 0)
    assert mailbox_at("new@kintsugi.example") == box
