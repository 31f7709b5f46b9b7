"""A row as the bytes of a mail: its headers, its parts, its signature."""

from base64 import b64encode
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, reply
from tests.tickets.mail.arriving import as_received
from tickets.actions.files import store
from tickets.actions.opening import open_for_customer
from tickets.actions.triage import rename
from tickets.events import Actor
from tickets.mail.parse import LOOP_HEADER
from tickets.mail.quotes import visible
from tickets.mail.quoting import marker
from tickets.mail.sending.composing import compose
from tickets.mail.sending.signing import signed
from tickets.models import Attachment, OutgoingMail, Ticket

HEADERS = {
    *("Message-ID", "Date", "From", "To", "Cc", "Reply-To", "Subject", "In-Reply-To", "References"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}
HOSTILE = st.text(alphabet=st.sampled_from('\r\n\0\t :,;<>@"\\()aé=?_\u2028\x85\x0b'), max_size=40)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3))
def test_nothing_that_was_typed_becomes_a_header(
    name: str, subject: str, address: str, message_id: str, references: list[str]
) -> None:
    evil = f"{subject}\r\nBcc: evil@example.net\r\n\r\nEvil"
    row = OutgoingMail(
        mail_id="one@kintsugi.example",
        created_at=NOW,
        sender=f'"{name}\nBcc: evil@example.net" <us@kintsugi.example>',
        recipient="nora@example.com",
        shown_to=[address, f"a@b.example\r\nBcc: evil@example.net{address}"],
        reply_to=f"us+{address}@kintsugi.example",
        subject=evil,
        in_reply_to=f"{message_id}\r\nBcc: evil@example.net",
        references=references,
        text="Hello",
        kind="reply",
    )
    read = message_from_bytes(compose(row).as_bytes())
    assert set(read) <= HEADERS | {LOOP_HEADER}
    assert read["Bcc"] is None
    assert "Hello" in read.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]


@pytest.fixture
def mail(cast: Cast) -> OutgoingMail:
    ticket = complaint(cast, message_id="first@example.com")
    return OutgoingMail.objects.get(message=reply(ticket, "I am sorry, Nora.", cast.ana))


@pytest.mark.django_db
def test_a_reply_is_words_beside_simple_html_with_our_line_above_and_the_number_below(mail: OutgoingMail) -> None:
    sent = as_received(mail)
    plain, html = sent.get_body(("plain",)), sent.get_body(("html",))
    assert plain and html
    text = plain.get_content().replace("\r\n", "\n")
    assert text.startswith(f"{marker.LINE}\n\nI am sorry, Nora.\n\n-- \nYour complaint has the number")
    assert "Open your page" in html.get_content()
    introduced = "On Mon, 11 May 2026 at 10:00, Ana Lima <support@kintsugi.example> wrote:"
    answered = "\n".join(["Thanks.", "", introduced, *(f"> {line}" for line in text.splitlines())])
    assert visible(answered) == "Thanks."


@pytest.mark.django_db
def test_the_mails_of_a_ticket_have_one_subject_and_name_all_before_them(mail: OutgoingMail, cast: Cast) -> None:
    assert mail.ticket
    second = OutgoingMail.objects.get(message=reply(mail.ticket, "One more thing.", cast.ana))
    first, then = as_received(mail), as_received(second)
    assert first["Subject"] == then["Subject"] == "Re: Where is my tent?"
    assert first["In-Reply-To"] == "<first@example.com>"
    assert f"<{mail.mail_id}>" in then["References"] and "<first@example.com>" in then["References"]
    assert first["Auto-Submitted"] is None


@pytest.mark.django_db
def test_a_new_title_is_the_desks_and_parts_no_thread(mail: OutgoingMail, cast: Cast) -> None:
    assert mail.ticket
    for title in ("Tent lost by the carrier", "Tent lost: refund"):
        rename(Ticket.objects.get(), title, by=Actor.agent(cast.ana), now=NOW)
    second = OutgoingMail.objects.get(message=reply(mail.ticket, "One more thing.", cast.ana))
    assert as_received(second)["Subject"] == as_received(mail)["Subject"] == "Re: Where is my tent?"
    assert Ticket.objects.get().subject == "Tent lost: refund"


@pytest.mark.django_db
def test_a_conversation_that_no_mail_began_bears_its_number(cast: Cast) -> None:
    ticket = complaint(cast)
    sent = OutgoingMail.objects.get(message=reply(ticket, "I am sorry, Nora.", cast.ana))
    assert as_received(sent)["Subject"] == f"Re: Where is my tent? [{ticket.pk}]"


@pytest.mark.django_db
def test_a_title_that_the_customer_has_never_seen_is_forgotten(cast: Cast) -> None:
    asked = {"name": "Jo", "email": "jo@example.com", "team": cast.deliveries, "by": cast.ana, "now": NOW}
    ticket = open_for_customer(subject="Rang, angry", text="She wants it back.", key="one", as_note=True, **asked)
    rename(ticket, "Your stove", by=Actor.agent(cast.ana), now=NOW)
    sent = OutgoingMail.objects.get(message=reply(ticket, "I am sorry, Jo.", cast.ana))
    assert as_received(sent)["Subject"] == f"Re: Your stove [{ticket.pk}]"


@pytest.mark.django_db
def test_what_is_an_answer_already_is_not_marked_as_one_twice(cast: Cast) -> None:
    ticket = complaint(cast, subject="RE: Your order 17", message_id="first@example.com")
    sent = OutgoingMail.objects.get(message=reply(ticket, "I am sorry.", cast.ana))
    assert as_received(sent)["Subject"] == "RE: Your order 17"


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (2, 2), "red").save(made, "PNG")
    return made.getvalue()


def attach(mail: OutgoingMail, filename: str, data: bytes, **fields: object) -> None:
    kept = store(filename, "application/pdf", data)
    assert mail.message
    Attachment.objects.create(
        ticket=mail.ticket,
        message=mail.message,
        filename=filename,
        content_type=kept.content_type,
        size=kept.size,
        sha256=kept.sha256,
        created_at=NOW,
        **fields,
    )


@pytest.mark.django_db
def test_a_pasted_picture_stands_in_the_words_and_a_file_beside_them(mail: OutgoingMail) -> None:
    attach(mail, "pasted.png", picture(), inline=True, content_id="abc123@kintsugi")
    attach(mail, "label.pdf", b"%PDF-1.4")
    attach(mail, "photo.png", picture())
    sent = as_received(mail)
    html = sent.get_body(("html",))
    assert html and 'src="cid:abc123@kintsugi" alt="pasted.png" width="2"' in html.get_content()
    plain = sent.get_body(("plain",))
    assert plain and "I am sorry, Nora.\n\n[pasted.png]\n\n-- \n" in plain.get_content().replace("\r\n", "\n")
    shown = [part for part in sent.walk() if part["Content-ID"]]
    assert [(part["Content-ID"], part.get_content_disposition()) for part in shown] == [("<abc123@kintsugi>", "inline")]
    assert [part.get_filename() for part in sent.iter_attachments()] == ["label.pdf", "photo.png"]


def key_pair() -> tuple[bytes, bytes]:
    """A key as a file holds it, and its public half as DNS has it (RFC 6376 §3.6.1)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    traditional, plain = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, traditional, plain)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem, b"v=DKIM1; k=rsa; p=" + b64encode(public)


@pytest.fixture
def published(settings: Settings, tmp_path: Path) -> bytes:
    """A key is set; this is what DNS says of it."""
    file, (pem, record) = tmp_path / "dkim.pem", key_pair()
    file.write_bytes(pem)
    settings.DKIM_KEY, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN = str(file), "k1", "kintsugi.example"
    return record


@pytest.mark.django_db
def test_a_mail_is_signed_where_a_key_is_set(mail: OutgoingMail, published: bytes) -> None:
    asked: list[str] = []

    def record(name: bytes | str, timeout: int = 5) -> bytes:
        asked.append(name.decode() if isinstance(name, bytes) else name)
        return published

    sent = signed(compose(mail).as_bytes())
    assert sent.startswith(b"DKIM-Signature:")
    assert dkim.verify(sent, dnsfunc=record)
    assert asked == ["k1._domainkey.kintsugi.example."]
    assert not dkim.verify(sent.replace(b"sorry", b"happy"), dnsfunc=record)
    assert not dkim.verify(sent.replace(b"Subject: ", b"Subject: Not "), dnsfunc=record)
    assert not dkim.verify(b"Subject: Another\r\n" + sent, dnsfunc=record)


@pytest.mark.django_db
def test_a_mail_is_as_it_is_where_no_key_is_set(mail: OutgoingMail, settings: Settings) -> None:
    settings.DKIM_KEY = ""
    assert signed(b"as it is") == b"as it is"
