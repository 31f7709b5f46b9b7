"""What becomes of a mail that came in: always an outcome that somebody can see."""

from datetime import timedelta
from email.message import EmailMessage
from unittest import mock

import pytest
from django.db import DataError, OperationalError

from tests.cast import ANGRY, NOW, Cast, complaint, participant, reply
from tests.story import answer_to, letter
from tests.tickets.mail.arriving import arrives, as_received
from tickets import tokens
from tickets.actions import moves
from tickets.actions.triage import mark_spam
from tickets.events import Actor
from tickets.mail import intake
from tickets.mail.parse import LOOP_HEADER
from tickets.mail.store import store, unpack
from tickets.models import Agent, CustomerAddress, Mailbox, OutgoingMail, RawMail, Ticket, TicketEvent

pytestmark = pytest.mark.django_db
JO = "Jo Bell <jo@example.com>"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def boots(message_id: str = "<b1@example.com>", text: str = "The boots leak.") -> EmailMessage:
    return letter(JO, "Boots", text, Message_ID=message_id)


def our_reply(cast: Cast, ticket: Ticket) -> EmailMessage:
    """The mail that Ana's reply becomes."""
    return as_received(OutgoingMail.objects.get(message=reply(ticket, "I am sorry, Nora.", cast.ana)))


def events(ticket: Ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("version").values_list("kind", flat=True))


def test_it_begins_a_ticket_with_one_acknowledgement_on_the_senders_thread(cast: Cast) -> None:
    row = arrives(cast, boots())
    assert (row.outcome, row.due_at, row.ticket.subject) == ("ticket", None, "Boots")
    assert (row.ticket.team, row.ticket.customer.name) == (cast.deliveries, "Jo Bell")
    mail = OutgoingMail.objects.get(ticket=row.ticket)
    assert (mail.kind, mail.recipient, mail.in_reply_to) == ("acknowledgement", "jo@example.com", "b1@example.com")


def test_the_same_bytes_again_are_no_new_row(cast: Cast) -> None:
    assert arrives(cast, boots()).pk == arrives(cast, boots()).pk
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_the_same_mail_by_another_road_is_ignored_with_its_reason(cast: Cast) -> None:
    first = arrives(cast, boots())
    again = arrives(cast, b"Received: from relay.example.net by mx\r\n" + boots().as_bytes())
    assert (again.outcome, again.reason, again.ticket) == ("ignored", "The same mail came before.", first.ticket)
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_another_mail_under_a_known_message_id_is_held(cast: Cast) -> None:
    first = arrives(cast, boots())
    other = arrives(cast, boots(text="And now the laces are gone too."))
    assert (other.outcome, other.suggested) == ("quarantined", first.ticket)


def test_mails_without_message_id_are_each_their_own(cast: Cast) -> None:
    for text in ("The boots leak.", "The laces are gone."):
        arrives(cast, letter(JO, "Boots", text))
    assert Ticket.objects.count() == 2


def test_an_answer_to_the_reply_address_joins_whatever_else_it_says(cast: Cast) -> None:
    ticket = complaint(cast)
    ours = our_reply(cast, ticket)
    row = arrives(cast, letter(cast.nora, "Quite another subject", "No, I am not fine.", str(ours["Reply-To"])))
    assert (row.outcome, row.ticket) == ("reply", ticket)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.last_text) == ("open", "No, I am not fine.")


def test_an_answer_keeps_only_what_is_new_and_all_that_came_beside_it(cast: Cast) -> None:
    ticket = complaint(cast)
    arrives(cast, answer_to(our_reply(cast, ticket), cast.nora, "No, I am not fine.", "<a1@example.com>"))
    said = ticket.messages.get(message_id="a1@example.com")
    assert said.text == "No, I am not fine."
    assert "I am sorry, Nora." in said.full_text


def test_a_reply_address_in_capitals_or_in_copy_is_the_same(cast: Cast) -> None:
    ticket = complaint(cast)
    token = tokens.make(participant(ticket), tokens.Purpose.REPLY).upper()
    mail = letter(cast.nora, "Hello", "Are you there?", "shop@example.org", Cc=f"SUPPORT+{token}@KINTSUGI.EXAMPLE")
    assert arrives(cast, mail).ticket == ticket


def test_references_join_where_the_sender_takes_part(cast: Cast) -> None:
    ticket = complaint(cast)
    ours = our_reply(cast, ticket)
    mail = letter(cast.nora, "Re: tent", "Hello?", References=f"<unknown@example.com> {ours['Message-ID']}")
    assert (arrives(cast, mail).outcome, arrives(cast, mail).ticket) == ("reply", ticket)


@pytest.mark.parametrize(("sender", "joins"), [("nora.whitcombe@example.com", True), ("jo@example.com", False)])
def test_what_a_phone_quotes_of_our_html_stands_for_the_references_that_it_dropped(
    cast: Cast, sender: str, joins: bool
) -> None:
    ticket = complaint(cast)
    ours = our_reply(cast, ticket).get_body(("html",))
    assert ours
    mail = letter(sender, "Re: your answer", "Nothing came.")
    mail.add_alternative(f"<p>Nothing came.</p><blockquote>{ours.get_content()}</blockquote>", subtype="html")
    row = arrives(cast, mail)
    assert (row.ticket == ticket) is joins
    assert "ref:" not in row.ticket.messages.last().html


def test_a_strangers_references_begin_a_ticket_that_says_so(cast: Cast) -> None:
    ticket = complaint(cast)
    row = arrives(cast, letter(JO, "Re: tent", "Me too.", In_Reply_To=str(our_reply(cast, ticket)["Message-ID"])))
    assert row.outcome == "ticket" and row.ticket != ticket
    assert f"Possibly related to {ticket.pk}." in row.ticket.messages.get().warning
    assert row.ticket.previous == ticket


@pytest.mark.parametrize(("sender", "joins"), [("nora.whitcombe@example.com", True), ("jo@example.com", False)])
def test_a_number_in_the_subject_counts_only_for_who_takes_part(cast: Cast, sender: str, joins: bool) -> None:
    ticket = complaint(cast)
    row = arrives(cast, letter(sender, f"Re: my tent [{ticket.pk}]", "Any news?"))
    assert (row.ticket == ticket) is joins


def test_another_address_of_the_same_customer_speaks_for_them(cast: Cast) -> None:
    ticket = complaint(cast)
    CustomerAddress.objects.create(customer=ticket.customer, email="n@home.example", key="n@home.example")
    ours = our_reply(cast, ticket)
    assert arrives(cast, answer_to(ours, "n@home.example", "It is me.", "<h1@home.example>")).outcome == "reply"


def test_a_stranger_with_somebodys_reply_address_is_held(cast: Cast) -> None:
    ticket = complaint(cast)
    row = arrives(cast, answer_to(our_reply(cast, ticket), JO, "I am her husband.", "<j@example.com>"))
    assert (row.outcome, row.suggested, row.ticket) == ("quarantined", ticket, None)
    assert row.reason == "It carries the reply address of Nora Whitcombe, but comes from somebody else."
    assert ticket.messages.count() == 2
    assert not OutgoingMail.objects.filter(recipient="jo@example.com").exists()


def test_a_revoked_reply_address_joins_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    to = f"support+{tokens.make(participant(ticket), tokens.Purpose.REPLY)}@kintsugi.example"
    ticket.participants.update(revision=1)
    assert arrives(cast, letter(JO, "Hello", "Me again.", to)).ticket != ticket


@pytest.mark.parametrize(("days", "joins"), [(13, True), (15, False)])
def test_a_closed_ticket_opens_within_its_window_and_is_followed_by_a_new_one_later(
    cast: Cast, days: int, joins: bool
) -> None:
    ticket = complaint(cast)
    ours = our_reply(cast, ticket)
    moves.resolve(ticket, by=Actor.agent(cast.ana), now=NOW)
    moves.close(ticket, by=Actor.agent(cast.ana), now=NOW)
    row = arrives(cast, answer_to(ours, cast.nora, "It tore again.", "<again@example.com>"), now=NOW + days * DAY)
    assert (row.ticket == ticket) is joins
    assert row.ticket.previous == (None if joins else ticket)
    ticket.refresh_from_db()
    assert ticket.state == ("open" if joins else "closed")


# Loops


@pytest.mark.parametrize("loses", [[], [LOOP_HEADER], ["Message-ID"]])
def test_a_mail_of_ours_that_comes_back_is_ignored(cast: Cast, loses: list[str]) -> None:
    """Known by its own header, or by its Message-ID where a forwarder took that away."""
    ticket = complaint(cast)
    acknowledgement, before = as_received(OutgoingMail.objects.get(ticket=ticket)), events(ticket)
    for name in loses:
        del acknowledgement[name]
    row = arrives(cast, acknowledgement)
    assert (row.outcome, row.reason) == ("ignored", "It is a mail of our own that came back.")
    assert (events(ticket), Ticket.objects.count(), OutgoingMail.objects.count()) == (before, 1, 1)


@pytest.mark.parametrize("sender", ["support@kintsugi.example", "Ana Lima <ana@kintsugi.example>"])
def test_a_mail_that_says_it_is_from_one_of_us_is_held(cast: Cast, sender: str) -> None:
    assert arrives(cast, letter(sender, "Hello", "Please close all tickets.")).outcome == "quarantined"
    assert not Ticket.objects.exists()


def test_one_who_works_here_no_more_may_complain(cast: Cast) -> None:
    Agent.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert arrives(cast, letter("ana@kintsugi.example", "Boots", "They leak.")).outcome == "ticket"


@pytest.mark.parametrize("state", ["waiting_on_customer", "resolved"])
def test_automatic_mail_is_kept_moves_nothing_and_gets_no_acknowledgement(cast: Cast, state: str) -> None:
    ticket = complaint(cast)
    ours = as_received(OutgoingMail.objects.get(message=reply(ticket, "I am sorry.", cast.ana, then=state)))
    mail = answer_to(ours, cast.nora, "I am away until Monday.", "<away@example.com>")
    mail["Auto-Submitted"] = "auto-replied"
    row = arrives(cast, mail)
    assert (row.outcome, row.reason) == ("reply", "Automatic: Auto-Submitted: auto-replied")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.waiting_since, events(ticket)[-1]) == (state, None, "automatic_mail")
    assert OutgoingMail.objects.filter(ticket=ticket, kind="acknowledgement").count() == 1


def test_automatic_mail_that_belongs_nowhere_is_a_ticket_that_nobody_is_told_of(cast: Cast) -> None:
    mail = boots()
    mail["Precedence"] = "bulk"
    row = arrives(cast, mail)
    assert (row.outcome, row.ticket.waiting_since) == ("ticket", None)
    assert not OutgoingMail.objects.exists()


def test_a_robot_that_hides_its_nature_is_stopped_by_the_breaker(cast: Cast) -> None:
    """It answers each acknowledgement with a new complaint; the rest of the hour is held, and no mail goes there."""
    outcomes = [arrives(cast, boots(f"<loop{count}@example.com>", f"Loop {count}.")).outcome for count in range(14)]
    assert outcomes == ["ticket"] * 10 + ["quarantined"] * 4
    assert OutgoingMail.objects.filter(recipient="jo@example.com").count() == 6
    assert arrives(cast, boots("<later@example.com>", "A day later."), now=NOW + DAY).outcome == "ticket"


@pytest.mark.parametrize("sender", ["noreply@example.com", "mailer-daemon@example.com"])
def test_a_machines_address_is_never_written_to(cast: Cast, sender: str) -> None:
    arrives(cast, letter(sender, "Your receipt", "Thanks for shopping."))
    assert not OutgoingMail.objects.exists()


# Bounces


def bounce(mail_id: str, recipient: str, status: str = "5.1.1") -> bytes:
    action = "failed" if status.startswith("5") else "delayed"
    return (
        "From: MAILER-DAEMON@mx.example.com\r\nTo: support@kintsugi.example\r\nSubject: Undelivered\r\n"
        f"Message-ID: <dsn{status}@mx.example.com>\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{mail_id}>\r\nSubject: Re\r\n\r\nHello\r\n--b--\r\n"
    ).encode()


def sent_reply(cast: Cast, ticket: Ticket) -> OutgoingMail:
    mail = OutgoingMail.objects.get(message=reply(ticket, "I am sorry.", cast.ana))
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", due_at=None)
    return mail


def test_a_bounce_marks_the_mail_and_the_address_and_moves_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    mail = sent_reply(cast, ticket)
    assert arrives(cast, bounce(mail.mail_id, cast.nora)).outcome == "ignored"
    mail.refresh_from_db()
    ticket.refresh_from_db()
    assert (mail.state, ticket.state, events(ticket)[-1]) == ("bounced", "waiting_on_customer", "mail_troubled")
    assert participant(ticket).address.undeliverable_at == NOW
    reply(ticket, "Do you read this?", cast.ana)
    assert OutgoingMail.objects.order_by("pk").last().state == "failed"  # not sent into the void


def test_a_delay_is_no_failure(cast: Cast) -> None:
    ticket = complaint(cast)
    mail = sent_reply(cast, ticket)
    arrives(cast, bounce(mail.mail_id, cast.nora, "4.4.1"))
    mail.refresh_from_db()
    assert (mail.state, participant(ticket).address.undeliverable_at) == ("delayed", None)


@pytest.mark.parametrize("forged", ["unknown id", "other recipient"])
def test_a_report_on_a_mail_that_we_never_sent_there_is_held(cast: Cast, forged: str) -> None:
    ticket = complaint(cast)
    mail = sent_reply(cast, ticket)
    told = ("x@y.example", cast.nora) if forged == "unknown id" else (mail.mail_id, "jo@example.com")
    assert arrives(cast, bounce(*told)).outcome == "quarantined"
    mail.refresh_from_db()
    assert (mail.state, participant(ticket).address.undeliverable_at) == ("sent", None)


# Senders that cannot be believed


def test_a_mail_without_a_sender_is_held(cast: Cast) -> None:
    assert arrives(cast, b"To: support@kintsugi.example\r\nSubject: Hm\r\n\r\nWho am I?\r\n").outcome == "quarantined"


def test_a_forged_answer_is_held_and_a_forged_complaint_is_not_acknowledged(cast: Cast, settings: object) -> None:
    settings.AUTHSERV_ID = "mx.kintsugi.example"  # type: ignore[attr-defined]
    failed = {"Authentication_Results": "mx.kintsugi.example; dmarc=fail header.from=example.com"}
    ticket = complaint(cast)
    to = str(our_reply(cast, ticket)["Reply-To"])
    held = arrives(cast, letter(cast.nora, "Re: tent", "Send it to Jo.", to, **failed))
    assert (held.outcome, held.suggested) == ("quarantined", ticket)
    begun = arrives(cast, letter(JO, "Boots", "They leak.", **failed))
    assert "could not be verified" in begun.ticket.messages.get().warning
    assert not begun.ticket.outgoing_mails.exists()


# What fails


def test_a_mail_that_cannot_be_read_is_tried_three_times_and_then_held_with_its_bytes(cast: Cast) -> None:
    row, _ = store(boots().as_bytes(), cast.mailbox, now=NOW)
    with mock.patch.object(intake, "parse", side_effect=ZeroDivisionError):
        for minute in range(2, 6):
            intake.read_due_mails(NOW + timedelta(minutes=minute))
    row.refresh_from_db()
    assert (row.outcome, row.attempts, row.due_at) == ("quarantined", 3, None)
    assert row.reason == "It could not be read (ZeroDivisionError)."
    assert unpack(row) == boots().as_bytes()


def test_a_mail_that_the_database_refuses_is_held_and_stops_no_other(cast: Cast) -> None:
    bad, _ = store(boots().as_bytes(), cast.mailbox, now=NOW)
    good, _ = store(boots("<b2@example.com>", "The laces too.").as_bytes(), cast.mailbox, now=NOW)
    read = intake._finish

    def refuse(row: RawMail, now: object) -> RawMail:
        if row.pk == bad.pk:
            raise DataError("value too long")
        return read(row, now)  # type: ignore[arg-type]

    with mock.patch.object(intake, "_finish", refuse):
        for minute in range(2, 6):
            intake.read_due_mails(NOW + timedelta(minutes=minute))
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.outcome, good.outcome) == ("quarantined", "ticket")


def test_a_mail_taken_in_while_the_database_goes_away_is_read_by_a_worker_later(cast: Cast) -> None:
    row, _ = store(boots().as_bytes(), cast.mailbox, now=NOW)
    with mock.patch.object(intake, "parse", side_effect=OperationalError), pytest.raises(OperationalError):
        intake.take_in(row, now=NOW)
    assert not Ticket.objects.exists()
    assert intake.read_due_mails(NOW + timedelta(seconds=30)) == 0  # still leased
    assert intake.read_due_mails(NOW + timedelta(seconds=61)) == 1
    row.refresh_from_db()
    assert row.outcome == "ticket"


def test_two_who_read_the_same_mail_begin_one_ticket(cast: Cast) -> None:
    row, _ = store(boots().as_bytes(), cast.mailbox, now=NOW)
    slow = RawMail.objects.get(pk=row.pk)
    first = intake.take_in(row, now=NOW)
    second = intake.take_in(slow, now=NOW)
    assert first.ticket == second.ticket
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_each_mailbox_keeps_its_own(cast: Cast) -> None:
    other = Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=cast.returns)
    one, _ = store(boots().as_bytes(), cast.mailbox, now=NOW)
    two, is_new = store(boots().as_bytes(), other, now=NOW)
    assert is_new and intake.take_in(two, now=NOW).ticket.team == cast.returns
    assert intake.take_in(one, now=NOW).ticket.team == cast.deliveries


def test_what_is_spam_stays_spam_but_keeps_what_is_written(cast: Cast) -> None:
    ticket = complaint(cast)
    ours = our_reply(cast, ticket)
    mark_spam(ticket, by=Actor.agent(cast.ana), now=NOW)
    arrives(cast, answer_to(ours, cast.nora, "Buy my pills.", "<spam@example.com>"))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.last_text, ticket.waiting_since) == ("spam", "Buy my pills.", None)


def test_its_mood_is_read_from_what_is_new(cast: Cast) -> None:
    ticket = complaint(cast, text="Thank you, a lovely shop. One question about the pegs.")
    arrives(cast, answer_to(our_reply(cast, ticket), cast.nora, ANGRY, "<angry@example.com>"))
    ticket.refresh_from_db()
    assert ticket.mood == "unhappy" and ticket.mended == {}
