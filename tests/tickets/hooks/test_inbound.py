"""Mail that providers bring: verified, kept before they hear yes, byte by byte where they give the bytes, once each."""

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tickets.mail.smtp import listener
from tickets.mail.store import unpack
from tickets.models import Mailbox, RawMail, Ticket

pytestmark = pytest.mark.django_db
OURS = "support@kintsugi.example"
SECRET = "the secret of the hooks"
PASSWORD = "provider:a long password"
MAIL = (
    b"From: Jo Bell <jo@example.com>\r\nTo: support@kintsugi.example\r\nSubject: Boots\r\nMessage-ID: <b1@example.com>"
    b"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nThey leak. Gr\xfc\xdfe\r\n"
)
BASIC = {"Authorization": "Basic " + b64encode(PASSWORD.encode()).decode()}


@pytest.fixture(autouse=True)
def secrets(settings: Settings) -> None:
    named = {"mailgun": SECRET, "mailersend": SECRET, "postmark": PASSWORD, "sendgrid": PASSWORD, "sparkpost": PASSWORD}
    settings.WEBHOOK_SECRETS = {**named, "mailjet": ""}


def mailgun(raw: bytes = MAIL, key: str = SECRET, **more: str) -> Any:
    """As Mailgun's route posts it: a form in which the mail stands byte by byte."""
    signature = hmac.new(key.encode(), b"1778493600" + b"token", hashlib.sha256).hexdigest()
    fields = {"timestamp": "1778493600", "token": "token", "signature": signature, "recipient": OURS}
    parts = {name: value.encode() for name, value in {**fields, "sender": "jo@example.com", **more}.items()}
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in {**parts, "body-mime": raw}.items()
    )
    return Client().post("/hooks/mailgun/inbound/", body + b"--b--\r\n", "multipart/form-data; boundary=b")


def postmark(told: dict[str, Any], **headers: str) -> Any:
    return Client().post("/hooks/postmark/inbound/", json.dumps(told), "application/json", headers=headers or BASIC)


def test_a_signed_mail_is_kept_byte_by_byte_and_read(cast: Cast) -> None:
    assert mailgun().status_code == 200
    row = RawMail.objects.get()
    assert unpack(row) == MAIL
    assert (row.outcome, row.envelope_from, row.envelope_to) == ("ticket", "jo@example.com", [OURS])
    assert "Grüße" in Ticket.objects.get().messages.get().text


def test_the_same_mail_again_gives_nothing_new(cast: Cast) -> None:
    assert [mailgun().status_code, mailgun().status_code] == [200, 200]
    assert (RawMail.objects.count(), Ticket.objects.count()) == (1, 1)


def test_a_wrong_signature_is_refused_and_keeps_nothing(cast: Cast) -> None:
    assert mailgun(key="another").status_code == 400
    assert not RawMail.objects.exists()


def test_a_wrong_password_is_refused_and_keeps_nothing(cast: Cast) -> None:
    wrong = "Basic " + b64encode(b"provider:guessed").decode()
    for headers in ({"Authorization": wrong}, {"X-Nothing": "1"}):
        assert postmark({"RawEmail": MAIL.decode("latin-1"), "OriginalRecipient": OURS}, **headers).status_code == 400
    assert not RawMail.objects.exists()


@pytest.mark.parametrize("provider", ["mailjet", "nobody"])
def test_a_provider_without_a_secret_does_not_exist(cast: Cast, provider: str) -> None:
    for kind in ("inbound", "tracking"):
        assert Client().post(f"/hooks/{provider}/{kind}/", "{}", "application/json").status_code == 404


def test_while_it_cannot_be_kept_the_provider_keeps_it(cast: Cast) -> None:
    with mock.patch.object(listener, "store", side_effect=OperationalError):
        assert mailgun().status_code == 503
    assert not RawMail.objects.exists()
    assert mailgun().status_code == 200
    assert Ticket.objects.count() == 1


def test_without_any_mailbox_the_provider_keeps_it(db: None) -> None:
    assert mailgun().status_code == 503


def test_a_mail_to_an_address_that_is_not_ours_is_still_kept_where_it_is_seen(cast: Cast) -> None:
    returns = Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=cast.returns)
    assert mailgun(MAIL.replace(b"support@", b"returns@"), recipient="forward@provider.example").status_code == 200
    assert RawMail.objects.get().mailbox == returns
    assert mailgun(MAIL.replace(b"support@", b"nobody@"), recipient="forward@provider.example").status_code == 200
    assert RawMail.objects.count() == 2


def test_a_large_mail_is_taken_in(cast: Cast) -> None:
    assert mailgun(MAIL + b"x" * 70 * 200_000).status_code == 200
    assert RawMail.objects.get().size > 13_000_000


def test_postmark_gives_the_source(cast: Cast) -> None:
    source = MAIL.decode("ascii", "ignore")
    assert postmark({"RawEmail": source, "OriginalRecipient": OURS}).status_code == 200
    assert unpack(RawMail.objects.get()) == source.encode()


def test_without_the_source_a_mail_is_made_of_what_was_read_the_same_each_time(cast: Cast) -> None:
    told = {
        "FromFull": {"Email": "jo@example.com", "Name": "Jo Bell"},
        "ToFull": [{"Email": OURS, "Name": ""}],
        "OriginalRecipient": OURS,
        "Subject": "Boots",
        "Headers": [{"Name": "X-Spam-Score", "Value": "0.1"}],
        "TextBody": "They leak.",
        "HtmlBody": "<p>They leak.</p>",
        "Attachments": [{"Name": "leak.txt", "ContentType": "text/plain", "Content": b64encode(b"drop").decode()}],
    }
    assert [postmark(told).status_code, postmark(told).status_code] == [200, 200]
    message = Ticket.objects.get().messages.get()
    assert message.text == "They leak."
    assert [one.filename for one in message.attachments.all()] == ["leak.txt"]
    assert RawMail.objects.count() == 1


def test_sendgrid_gives_the_source_and_the_envelope(cast: Cast) -> None:
    form = {"email": MAIL.decode("ascii", "ignore"), "envelope": json.dumps({"to": [OURS], "from": "jo@example.com"})}
    assert Client().post("/hooks/sendgrid/inbound/", form, headers=BASIC).status_code == 200
    assert RawMail.objects.get().envelope_from == "jo@example.com"


def test_mailersend_signs_the_whole_call(cast: Cast) -> None:
    told = json.dumps({"type": "inbound.message", "data": {"id": "1", "raw": MAIL.decode("ascii", "ignore")}})
    signed = hmac.new(SECRET.encode(), told.encode(), hashlib.sha256).hexdigest()
    for signature, status in ((signed, 200), (signed[::-1], 400)):
        call = Client().post("/hooks/mailersend/inbound/", told, "application/json", headers={"Signature": signature})
        assert call.status_code == status
    assert Ticket.objects.get().subject == "Boots"


def test_it_answers_the_check_of_an_address_and_shows_nothing_to_a_browser(cast: Cast) -> None:
    assert Client().head("/hooks/postmark/inbound/").status_code == 200
    assert Client().get("/hooks/postmark/inbound/").status_code == 405
