"""Two fetchers at one mailbox, or one at two: each mail once, and a slow server holds up nobody else's mail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.cast import Cast, assemble
from tests.tickets.mail.imap.post_office import PostOffice, account, letter
from tests.tickets.mail.test_at_once import at_once
from tickets.mail.imap.fetching import fetch, fetch_due_accounts
from tickets.models import ImapAccount, Mailbox, OutgoingMail, RawMail, Ticket
from tickets.sealing import seal

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = 12


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def test_of_two_fetchers_one_gets_the_account(people: Cast, office: PostOffice) -> None:
    account(people, office)
    for number in range(MAILS):
        office.brings(letter(number, sender=f"jo{number}@example.com"))
    now = timezone.now()
    assert sorted(at_once(lambda: fetch_due_accounts(now), lambda: fetch_due_accounts(now))) == [0, 1]
    assert (RawMail.objects.count(), Ticket.objects.count(), OutgoingMail.objects.count()) == (MAILS, MAILS, MAILS)


def test_one_whose_lease_ran_out_and_its_successor_do_no_mail_twice(people: Cast, office: PostOffice) -> None:
    ours = account(people, office)
    for number in range(MAILS):
        office.brings(letter(number, sender=f"jo{number}@example.com"))
    now = timezone.now()
    claims = [
        ImapAccount.objects.select_related("mailbox__team").claim(now + timedelta(minutes=5 * turn))[0]
        for turn in range(2)
    ]
    at_once(*(lambda claimed=claimed: fetch(claimed, now=now) for claimed in claims))
    assert (RawMail.objects.count(), Ticket.objects.count(), OutgoingMail.objects.count()) == (MAILS, MAILS, MAILS)
    ours.refresh_from_db()
    assert (ours.fetched, ours.stored) == (MAILS, MAILS)
    assert (len(office.lies_in("Processed")), office.lies_in("INBOX")) == (MAILS, [])


def test_two_mailboxes_are_read_beside_each_other(people: Cast, office: PostOffice) -> None:
    account(people, office)
    second = PostOffice(office.port, f"{uuid4().hex[:12]}@kintsugi.example")
    returns = Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=people.returns)
    now = timezone.now()
    ImapAccount.objects.create(
        mailbox=returns,
        host="127.0.0.1",
        port=office.port,
        security="none",
        user=second.user,
        secret=seal("wrong"),
        activated_at=now,
        due_at=now,
    )
    office.brings(letter(1))
    assert fetch_due_accounts(timezone.now()) == 2
    assert [ticket.team for ticket in Ticket.objects.all()] == [people.deliveries]
    assert ImapAccount.objects.get(mailbox=returns).failing_since
