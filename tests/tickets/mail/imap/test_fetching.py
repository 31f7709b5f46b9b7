"""Mail fetched from a real IMAP server: stored before it is moved, once each, and one bad mail stops no other."""

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.tickets.mail.imap.post_office import PostOffice, account, figures, letter, look
from tickets.mail.store import unpack
from tickets.models import OutgoingMail, RawMail, Ticket

pytestmark = pytest.mark.django_db


def test_it_takes_in_what_lies_there_byte_by_byte_and_moves_it(cast: Cast, office: PostOffice) -> None:
    raw = letter(1) + "Grüße ☕\r\n".encode() + b"\xff\xfe\r\n"
    office.brings(raw)
    ours = look(account(cast, office))
    row = RawMail.objects.get()
    assert unpack(row) == office.lies_in("Processed")[0]
    assert (row.outcome, row.imported, ours.trouble) == ("ticket", False, "")
    assert office.lies_in("INBOX") == []
    assert figures(ours) == (1, 1, 0) and ours.fetched_at
    assert OutgoingMail.objects.get().recipient == "jo@example.com"


def test_it_asks_again_later_and_finds_only_what_is_new(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office)
    for number in range(3):
        office.brings(letter(number))
        ours = look(ours)
        assert ours.due_at and ours.due_at > timezone.now() and ours.claimed_until is None
    assert (figures(ours), Ticket.objects.count()) == ((3, 3, 0), 3)


def test_it_does_not_care_whether_somebody_has_read_the_mail_and_marks_none_as_read(
    cast: Cast, office: PostOffice
) -> None:
    office.brings(letter(1))
    with office.opened() as box:
        box.flag(box.uids(), "\\Seen", True)
    office.brings(letter(2))
    look(account(cast, office))
    assert Ticket.objects.count() == 2
    with office.opened("Processed") as box:
        assert sorted("\\Seen" in mail.flags for mail in box.fetch(mark_seen=False)) == [False, True]


def test_it_moves_what_is_held_to_a_folder_of_its_own(cast: Cast, office: PostOffice) -> None:
    office.brings(letter(1, sender=cast.mailbox.address))
    look(account(cast, office))
    assert RawMail.objects.get().outcome == "quarantined"
    assert len(office.lies_in("Quarantine")) == 1 and not office.lies_in("Processed")


def test_the_same_bytes_again_are_recognised_counted_and_moved(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office)
    for _ in range(2):
        office.brings(letter(1))
        ours = look(ours)
    assert (figures(ours), Ticket.objects.count()) == ((2, 1, 1), 1)
    assert (len(office.lies_in("Processed")), office.lies_in("INBOX")) == (2, [])
