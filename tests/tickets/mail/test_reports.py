"""What mail systems tell of our mail: delays, failures, complaints, receipts. It is never a ticket, never a customer."""

import pytest

from tests.cast import NOW, Cast, complaint, desk, participant, reply
from tests.tickets.mail.arriving import arrives
from tickets.actions.reaching import MOST_SOFT_BOUNCES, write_again
from tickets.errors import TooLate
from tickets.mail.intake import take_in
from tickets.mail.parse import parse
from tickets.mail.store import store
from tickets.models import Customer, CustomerAddress, OutgoingMail, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(cast: Cast) -> OutgoingMail:
    return sent(complaint(cast), cast, "I am sorry, Nora.")


def sent(ticket: Ticket, cast: Cast, text: str) -> OutgoingMail:
    message = reply(ticket, text, cast.ana)
    OutgoingMail.objects.filter(message=message).update(state="sent", due_at=None)
    return OutgoingMail.objects.get(message=message)


def report(kind: str, *parts: str, subject: str = "Report", head: str = "") -> bytes:
    """A multipart/report (RFC 6522) of a mail system, its parts given with their headers."""
    body = "".join(f"--b\r\n{part}\r\n" for part in ("\r\nThis is an automatic report.", *parts))
    return (
        f"From: MAILER-DAEMON@mx.example.com\r\nTo: support@kintsugi.example\r\nSubject: {subject}\r\n{head}"
        f"Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n{body}--b--\r\n"
    ).encode()


def returned(mail: OutgoingMail) -> str:
    return f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail.mail_id}>\r\nSubject: Re\r\n"


def status(mail: OutgoingMail, action: str, code: str, said: str = "") -> str:
    diagnostic = f"Diagnostic-Code: smtp; {said}\r\n" if said else ""
    fields = f"Final-Recipient: rfc822; {mail.recipient}\r\nAction: {action}\r\nStatus: {code}\r\n{diagnostic}"
    return f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n{fields}"


def bounces(cast: Cast, mail: OutgoingMail, action: str, code: str, said: str = "") -> str:
    parts = (status(mail, action, code, said), returned(mail))
    outcome = arrives(cast, report("delivery-status", *parts, head=f"X-Number: {mail.pk}\r\n")).outcome
    mail.refresh_from_db()
    return outcome


def test_a_delay_leaves_the_mail_on_its_way(cast: Cast, mail: OutgoingMail) -> None:
    assert bounces(cast, mail, "delayed", "4.4.1", "421 busy") == "ignored"
    assert (mail.state, mail.answer) == ("delayed", "Delayed on its way: 421 busy")
    assert CustomerAddress.objects.get().soft_bounces == 0


def test_a_failure_for_good_stops_mail_to_the_address_and_says_why(cast: Cast, mail: OutgoingMail) -> None:
    bounces(cast, mail, "failed", "5.1.1", "550 5.1.1 No such user")
    address = CustomerAddress.objects.get()
    assert (mail.state, mail.answer) == ("bounced", "It came back: 550 5.1.1 No such user")
    assert address.undeliverable_because == "mail came back: 550 5.1.1 No such user"
    [told] = desk(cast.ana).get_json(f"tickets/{mail.ticket_id}/")["participants"]
    assert (told["undeliverable"], told["undeliverable_because"]) == (True, address.undeliverable_because)


def test_a_failure_for_now_counts_and_after_five_nothing_more_goes_there(cast: Cast, mail: OutgoingMail) -> None:
    for number in range(MOST_SOFT_BOUNCES):
        assert CustomerAddress.objects.get().undeliverable_at is None
        each = sent(participant_ticket(mail), cast, f"Try {number}.")
        bounces(cast, each, "failed", "4.2.2", "452 4.2.2 Mailbox full")
        assert each.state == "bounced"
    address = CustomerAddress.objects.get()
    assert (address.soft_bounces, address.undeliverable_at) == (5, NOW)
    assert address.undeliverable_because == "5 mails came back, the last since: mail came back: 452 4.2.2 Mailbox full"


def participant_ticket(mail: OutgoingMail) -> Ticket:
    return Ticket.objects.get(pk=mail.ticket_id)


def test_a_second_report_on_the_same_mail_counts_no_more(cast: Cast, mail: OutgoingMail) -> None:
    bounces(cast, mail, "failed", "4.2.2")
    arrives(cast, report("delivery-status", status(mail, "failed", "4.2.2"), returned(mail), subject="Again"))
    assert CustomerAddress.objects.get().soft_bounces == 1


def test_a_report_that_names_the_mail_in_its_references_alone_is_known(cast: Cast, mail: OutgoingMail) -> None:
    head = f"References: <x@y.example> <{mail.mail_id}>\r\n"
    assert arrives(cast, report("delivery-status", status(mail, "failed", "5.1.1"), head=head)).outcome == "ignored"


def test_a_complaint_of_their_provider_stops_mail_and_is_a_fact(cast: Cast, mail: OutgoingMail) -> None:
    feedback = "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n"
    row = arrives(cast, report("feedback-report", feedback, returned(mail)))
    assert (row.outcome, row.ticket_id) == ("ignored", mail.ticket_id)
    assert CustomerAddress.objects.get().undeliverable_because == "they marked a mail of ours as unwanted"
    assert participant_ticket(mail).events.last().kind == "mail_unwanted"


@pytest.mark.parametrize(("done", "kind"), [("displayed", "mail_opened"), ("deleted", "mail_unopened")])
def test_a_read_receipt_is_a_fact_that_moves_nothing(cast: Cast, mail: OutgoingMail, done: str, kind: str) -> None:
    fields = f"Original-Message-ID: <{mail.mail_id}>\r\nDisposition: manual-action/MDN-sent-manually; {done}\r\n"
    receipt = f"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; {cast.nora}\r\n{fields}"
    state = participant_ticket(mail).state
    for subject in ("Read", "Read again"):
        assert arrives(cast, report("disposition-notification", receipt, subject=subject)).outcome == "ignored"
    ticket = participant_ticket(mail)
    assert (ticket.state, [one.kind for one in ticket.events.all()].count(kind)) == (state, 1)
    assert ticket.messages.count() == 2


def test_a_report_that_it_arrived_is_ignored_with_its_ticket(cast: Cast, mail: OutgoingMail) -> None:
    row = arrives(cast, report("delivery-status", status(mail, "delivered", "2.0.0"), returned(mail)))
    assert (row.outcome, row.reason, row.ticket_id) == (
        "ignored",
        "It says that a mail of ours arrived.",
        mail.ticket_id,
    )


@pytest.mark.parametrize("head", ["From: MAILER-DAEMON@mx.example.com", "Return-Path: <>\nFrom: jo@example.com"])
def test_what_a_mail_system_says_out_of_the_blue_is_held_and_makes_no_customer(cast: Cast, head: str) -> None:
    row = arrives(cast, f"{head}\nTo: support@kintsugi.example\nSubject: Hello\n\nYour mail was weighed.".encode())
    assert (row.outcome, row.reason) == ("quarantined", "A mail system sent it, to whom nobody can answer.")
    assert not Ticket.objects.exists() and not Customer.objects.exists()


def test_an_empty_sender_of_the_envelope_is_a_mail_system_too(cast: Cast) -> None:
    row, _ = store(b"From: jo@example.com\n\nAway.", cast.mailbox, now=NOW, envelope_from="<>")
    assert take_in(row, now=NOW).outcome == "quarantined"


def test_an_agent_lets_mail_go_there_again_and_says_why(cast: Cast, mail: OutgoingMail) -> None:
    bounces(cast, mail, "failed", "5.1.1")
    client, who = desk(cast.ana), participant(participant_ticket(mail))
    path = f"tickets/{mail.ticket_id}/participants/{who.pk}/address/"
    assert client.ask("POST", path, {"reason": " "}).status_code == 400
    assert desk(cast.moira).ask("POST", path, {"reason": "x"}).status_code == 404
    answered = client.ask("POST", path, {"reason": "She rang: it works again"})
    assert answered.json()["participants"][0]["undeliverable"] is False
    event = participant_ticket(mail).events.last()
    assert (event.kind, event.by_name, event.data["reason"]) == (
        "address_believed",
        "Ana Lima",
        "She rang: it works again",
    )
    assert client.ask("POST", path, {"reason": "x"}).status_code == 409
    with pytest.raises(TooLate):
        write_again(who, "x", by=cast.ana, now=NOW)
    assert sent(participant_ticket(mail), cast, "Can you read this?").state == "sent"


def test_it_reads_what_the_other_server_said() -> None:
    fields = "X: y\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nStatus: 5.2.1\r\n"
    said = parse(report("delivery-status", f"Content-Type: message/delivery-status\r\n\r\n{fields}")).bounce
    assert said and (said.reason, said.permanent) == ("5.2.1", True)
