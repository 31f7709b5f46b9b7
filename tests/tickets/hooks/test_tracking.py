"""What providers tell of mail of ours: marked on the mail, the address and the ticket, by whom it is about."""

import json
from base64 import b64encode
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, complaint
from tickets.models import CustomerAddress, OutgoingMail, TicketEvent

pytestmark = pytest.mark.django_db
PASSWORD = "provider:a long password"
BASIC = {"Authorization": "Basic " + b64encode(PASSWORD.encode()).decode()}


@pytest.fixture
def sent(cast: Cast, settings: Settings) -> OutgoingMail:
    """The acknowledgement of Nora's complaint has left."""
    settings.WEBHOOK_SECRETS = {"postmark": PASSWORD, "sendgrid": PASSWORD}
    complaint(cast)
    OutgoingMail.objects.update(state="sent", due_at=None, sent_at=timezone.now())
    return OutgoingMail.objects.get()


def sendgrid(mail: OutgoingMail, event: str, **more: Any) -> int:
    told = [{"event": event, "email": mail.recipient, "smtp-id": f"<{mail.mail_id}>", "timestamp": 1778493600, **more}]
    call = Client().post("/hooks/sendgrid/tracking/", json.dumps(told), "application/json", headers=BASIC)
    return call.status_code


def address(mail: OutgoingMail) -> CustomerAddress:
    return CustomerAddress.objects.get(key=mail.recipient)


def test_a_bounce_marks_mail_address_and_ticket(sent: OutgoingMail) -> None:
    assert sendgrid(sent, "bounce", type="bounce", reason="550 5.1.1 No such user") == 200
    sent.refresh_from_db()
    assert sent.state == "bounced" and "550 5.1.1 No such user" in sent.answer
    assert address(sent).undeliverable_at
    assert TicketEvent.objects.filter(ticket=sent.ticket, kind="mail_troubled").count() == 1


def test_the_same_told_again_changes_nothing(sent: OutgoingMail) -> None:
    for event, kind in (("bounce", "mail_troubled"), ("spamreport", "mail_unwanted")):
        for _ in range(2):
            assert sendgrid(sent, event, type="bounce") == 200
        assert TicketEvent.objects.filter(ticket=sent.ticket, kind=kind).count() == 1


def test_a_delay_is_no_failure(sent: OutgoingMail) -> None:
    assert sendgrid(sent, "deferred", response="450 4.2.1 Later") == 200
    sent.refresh_from_db()
    assert sent.state == "delayed" and "450 4.2.1 Later" in sent.answer
    assert address(sent).undeliverable_at is None


def test_a_complaint_stops_mail_to_the_address_and_says_so(sent: OutgoingMail) -> None:
    assert sendgrid(sent, "spamreport") == 200
    assert "unwanted" in address(sent).undeliverable_because
    assert TicketEvent.objects.filter(ticket=sent.ticket, kind="mail_unwanted").exists()


@pytest.mark.parametrize("event", ["delivered", "open", "processed", "something new"])
def test_what_is_no_trouble_changes_nothing(sent: OutgoingMail, event: str) -> None:
    assert sendgrid(sent, event) == 200
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_provider_that_tells_only_its_own_number_means_the_last_mail_there(sent: OutgoingMail) -> None:
    told = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 42,
        "MessageID": "its-own-number",
        "Email": sent.recipient,
        "BouncedAt": "2026-05-11T10:00:00Z",
        "Details": "smtp;550 unknown",
    }
    call = Client().post("/hooks/postmark/tracking/", json.dumps(told), "application/json", headers=BASIC)
    assert call.status_code == 200
    sent.refresh_from_db()
    assert sent.state == "bounced"


def test_a_mail_that_never_left_from_here_is_nobodys(sent: OutgoingMail) -> None:
    sent.recipient = "somebody@else.example"
    assert sendgrid(sent, "bounce", type="bounce") == 200
    assert OutgoingMail.objects.get().state == "sent"
