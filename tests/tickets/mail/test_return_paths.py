"""Mail that comes back is known by the address that it comes back to, whether anybody can read it or not."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, participant, reply
from tests.tickets.mail.arriving import arrives
from tests.tickets.mail.ear import Ear, open_ear
from tickets import due_work, tokens
from tickets.mail.return_paths import return_path
from tickets.mail.sending.send import BACKOFF
from tickets.models import CustomerAddress, OutgoingMail, Ticket

pytestmark = pytest.mark.django_db
UNREADABLE = "From: Postamt <MAILER-DAEMON@mx.example>\r\nSubject: Ei mennyt perille\r\n"
NO_PATH = "Return-Path: <>\r\n"


@pytest.fixture
def ear(settings: Settings) -> Iterator[Ear]:
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        yield ear


@pytest.fixture
def mail(cast: Cast, ear: Ear) -> OutgoingMail:
    """Ana's reply to Nora, which has left."""
    message = reply(complaint(cast), "I am sorry, Nora.", cast.ana)
    due_work.do("outgoing_mails", NOW)
    return OutgoingMail.objects.get(message=message)


def comes_back(cast: Cast, mail: OutgoingMail, head: str, body: str = "Viesti ei mennyt perille.") -> str:
    """The outcome of a mail with these headers, sent to the address that the mail comes back to."""
    row = arrives(cast, f"{head}To: <{return_path(mail)}>\r\n\r\n{body}\r\n".encode())
    mail.refresh_from_db()
    return row.outcome


def test_every_reply_leaves_with_a_return_path_of_its_own(cast: Cast, ear: Ear) -> None:
    ticket = complaint(cast)
    reply(ticket, "I am sorry.", cast.ana, to=[cast.nora, "jo@example.com"])
    due_work.do("outgoing_mails", NOW)
    paths = {recipients[0]: sender for sender, recipients, mail in ear.heard if not mail["Auto-Submitted"]}
    assert len(set(paths.values())) == 2
    for row in OutgoingMail.objects.filter(kind="reply"):
        assert paths[row.recipient] == return_path(row)
        assert paths[row.recipient].startswith(f"support+{row.pk}-") and paths[row.recipient].endswith(
            "@kintsugi.example"
        )


def test_a_mail_system_that_says_nothing_readable_is_understood(cast: Cast, mail: OutgoingMail) -> None:
    assert comes_back(cast, mail, UNREADABLE) == "ignored"
    assert (mail.state, mail.answer) == ("bounced", "It came back: Ei mennyt perille")
    assert CustomerAddress.objects.get(key=cast.nora).soft_bounces == 1
    assert Ticket.objects.get().events.filter(kind="mail_troubled").count() == 1
    assert Ticket.objects.count() == 1


def test_an_empty_return_path_says_the_same_whatever_the_name(cast: Cast, mail: OutgoingMail) -> None:
    assert comes_back(cast, mail, f"{NO_PATH}From: Posti <hallinto@mx.example>\r\nSubject: Virhe\r\n") == "ignored"
    assert mail.state == "bounced"


def test_servers_that_fold_the_case_of_an_address_change_nothing(cast: Cast, mail: OutgoingMail) -> None:
    row = arrives(cast, f"{UNREADABLE}To: {return_path(mail).upper()}\r\n\r\nEi.\r\n".encode())
    mail.refresh_from_db()
    assert (row.outcome, mail.state) == ("ignored", "bounced")


def test_a_report_for_good_of_an_address_that_theirs_leads_to_counts_for_theirs(cast: Cast, mail: OutgoingMail) -> None:
    said = "I could not deliver your message.\r\n\r\n<nora.private@elsewhere.example>:\r\n550 5.1.1 User unknown"
    assert (
        comes_back(cast, mail, f"{NO_PATH}From: postmaster@mx.example\r\nSubject: failure notice\r\n", said)
        == "ignored"
    )
    assert mail.state == "bounced"
    assert CustomerAddress.objects.get(key=cast.nora).undeliverable_at == NOW


def test_a_warning_in_words_that_it_is_still_tried_is_a_delay(cast: Cast, mail: OutgoingMail) -> None:
    said = "A message that you sent has not yet been delivered. Delivery attempts will continue for some time."
    comes_back(
        cast, mail, f"{NO_PATH}From: Mail Delivery System <Mailer-Daemon@mx.example>\r\nSubject: Warning\r\n", said
    )
    assert mail.state == "delayed"
    assert CustomerAddress.objects.get(key=cast.nora).soft_bounces == 0


@pytest.mark.parametrize(
    "marks",
    [
        "From: Nora <nora.whitcombe@example.com>\r\nAuto-Submitted: auto-replied (vacation)\r\nSubject: Away\r\n",
        "From: Nora <nora.whitcombe@example.com>\r\nSubject: Away\r\n",
    ],
)
def test_who_is_away_has_the_mail_all_the_same(cast: Cast, mail: OutgoingMail, marks: str) -> None:
    """Absence notices go to the return path, and most have an empty one (RFC 3834 §4)."""
    assert comes_back(cast, mail, f"{NO_PATH}{marks}", "I am on leave until Monday.") == "reply"
    assert mail.state == "sent"
    assert Ticket.objects.get().messages.get(automatic=True).text == "I am on leave until Monday."


def test_the_absence_of_somebody_whom_theirs_leads_to_is_no_failure(cast: Cast, mail: OutgoingMail) -> None:
    head = f"{NO_PATH}From: Jo <jo@example.com>\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n"
    assert comes_back(cast, mail, head) == "quarantined"
    assert mail.state == "sent"


def test_a_person_who_answers_there_has_answered(cast: Cast, mail: OutgoingMail) -> None:
    assert comes_back(cast, mail, f"From: {cast.nora}\r\nSubject: Where?\r\n", "Still nothing.") == "reply"
    assert mail.state == "sent"
    assert Ticket.objects.get().messages.last().text == "Still nothing."


def test_a_stranger_who_writes_there_joins_nothing(cast: Cast, mail: OutgoingMail) -> None:
    assert comes_back(cast, mail, f"From: {cast.stranger}\r\nSubject: Hm\r\n", "Send it to me.") == "quarantined"
    assert Ticket.objects.get().messages.count() == 2


def test_a_forged_return_path_is_none(cast: Cast, mail: OutgoingMail) -> None:
    forged = f"support+{mail.pk}-{'a' * 26}@kintsugi.example"
    row = arrives(cast, f"{UNREADABLE}To: {forged}\r\n\r\nEi.\r\n".encode())
    mail.refresh_from_db()
    assert (row.outcome, mail.state) == ("quarantined", "sent")


def test_a_reply_address_is_no_return_path_and_the_reverse(cast: Cast, mail: OutgoingMail) -> None:
    who = participant(Ticket.objects.get())
    assert tokens.read_returned(tokens.make(who, tokens.Purpose.REPLY)) is None
    assert tokens.read(tokens.make_returned(mail.pk), tokens.Purpose.REPLY) is None


@pytest.mark.parametrize("where", ["to_sender", "to_recipient", "to_mail"])
def test_an_account_that_may_send_by_no_other_address_sends_by_its_own(cast: Cast, ear: Ear, where: str) -> None:
    ear.only_sender, ear.says_so = "support@kintsugi.example", where
    complaint(cast)
    message = reply(Ticket.objects.get(), "I am sorry, Nora.", cast.ana)
    due_work.do("outgoing_mails", NOW)
    assert [sender for sender, _, _ in ear.heard] == ["support@kintsugi.example"] * 2
    assert OutgoingMail.objects.get(message=message).state == "sent"
    assert due_work.do("outgoing_mails", NOW) == 0


def test_an_account_that_puts_off_every_other_address_has_the_mail_by_its_own_at_the_last_try(
    cast: Cast, ear: Ear
) -> None:
    ear.only_sender, ear.to_foreign = "support@kintsugi.example", "450 4.7.1 Sender address rejected: unverified"
    message = reply(complaint(cast), "I am sorry, Nora.", cast.ana)
    mails = OutgoingMail.objects.filter(message=message)
    OutgoingMail.objects.exclude(message=message).delete()
    due_work.do("outgoing_mails", NOW)
    assert (mails.get().state, ear.heard) == ("delayed", [])
    mails.update(attempts=len(BACKOFF), due_at=NOW)
    due_work.do("outgoing_mails", NOW)
    assert (mails.get().state, len(ear.heard)) == ("sent", 1)


def test_an_address_that_would_grow_too_long_stays_as_it_is() -> None:
    own = f"{'support' * 6}@kintsugi.example"
    assert return_path(OutgoingMail(pk=17, envelope_from=own)) == own
