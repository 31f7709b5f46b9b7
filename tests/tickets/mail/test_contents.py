"""What a mail holds, whatever it is wrapped in: winmail.dat, invitations, signatures, encryption."""

import struct
from base64 import encodebytes

import pytest

from tests.tickets.mail.packing import BINARY, NUMBER, STRING, UNICODE, winmail
from tickets.mail.parse import parse
from tickets.mail.reading.tnef import read_tnef
from tickets.mail.received import IncomingMail, Seal

HEAD = b"From: Nora <nora@customer.example>\nSubject: Tent\nMIME-Version: 1.0\n"
PHOTO = {
    0x3707: (UNICODE, "Zelt, kaputt.jpg".encode("utf-16-le")),
    0x370E: (STRING, b"image/jpeg"),
    0x3701: (BINARY, b"\xff\xd8"),
}
INVITE = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Call about the tent\\, again\r\nLOCATION:By phone\r\n"
    b"DTSTART;TZID=Europe/Berlin:20260505T100000\r\nDTEND;TZID=Europe/Berlin:20260505T103000\r\n"
    b"ORGANIZER;CN=Nora:mailto:Nora@customer.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def mixed(*parts: tuple[str, bytes]) -> IncomingMail:
    """A mail of parts, each with its header lines."""
    body = b"".join(b"--b\n" + head.encode() + b"\n\n" + content + b"\n" for head, content in parts)
    return parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + body + b"--b--\n")


def with_winmail(packed: bytes, text: bytes = b"") -> IncomingMail:
    kind = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64"
    return mixed(("Content-Type: text/plain", text), (kind, encodebytes(packed)))


def test_it_opens_winmail_and_keeps_it():
    mail = with_winmail(
        winmail({0x8001: (NUMBER, b"\1\0\0\0"), 0x1000: (UNICODE, "Es leckt, é".encode("utf-16-le"))}, PHOTO)
    )
    assert (mail.text, mail.reply_text) == ("Es leckt, é", "Es leckt, é")
    files = [(one.filename, one.content_type) for one in mail.attachments]
    assert files == [("winmail.dat", "application/ms-tnef"), ("Zelt, kaputt.jpg", "image/jpeg")]
    assert mail.attachments[1].data == b"\xff\xd8"


def test_it_takes_the_html_of_winmail_in_its_own_code_page_and_shows_its_pictures():
    picture = {**PHOTO, 0x3712: (STRING, b"pic@x")}
    html = '<p>Größe</p><img src="cid:pic@x">'.encode()
    mail = with_winmail(winmail({0x1013: (BINARY, html), 0x3FDE: (NUMBER, struct.pack("<I", 65001))}, picture))
    assert (mail.text, mail.attachments[1].inline) == ("Größe", True)


def test_it_believes_the_mails_own_text_before_that_of_winmail():
    assert with_winmail(winmail({0x1000: (STRING, b"other words")}, PHOTO), b"My words").text == "My words"


def test_a_broken_winmail_gives_what_comes_before_the_break():
    packed = winmail({0x1000: (STRING, b"Es leckt")}, PHOTO)
    assert with_winmail(packed[:-20]).text == "Es leckt"
    assert [one.filename for one in with_winmail(packed[:40]).attachments] == ["winmail.dat"]


def test_a_winmail_that_says_it_holds_four_billion_things_takes_no_time():
    endless = winmail({}) + struct.pack("<BHHI", 1, 0x9003, 6, 8) + b"\xff" * 8
    assert read_tnef(endless).files == ()


def test_an_invitation_is_a_file_and_a_line():
    mail = mixed(("Content-Type: text/plain", b"Can we talk?"), ("Content-Type: text/calendar; method=REQUEST", INVITE))
    when = "Tue 5 May 2026, 10:00 to 10:30 Europe/Berlin"
    line = f"[Invitation: Call about the tent, again; {when}; at By phone; from nora@customer.example]"
    assert (mail.text, mail.reply_text) == (f"Can we talk?\n\n{line}", f"Can we talk?\n\n{line}")
    assert [one.content_type for one in mail.attachments] == ["text/calendar"]


@pytest.mark.parametrize(
    "broken", [b"", b"BEGIN:VCALENDAR", INVITE.replace(b"DTSTART", b"DTSTART;X=\xff:9\r\nX-A"), b"\0" * 99]
)
def test_a_broken_calendar_is_a_file_like_any_other(broken: bytes):
    mail = mixed(("Content-Type: text/plain", b"Hi"), ("Content-Type: text/calendar; name=a.ics", broken))
    assert mail.text.startswith("Hi")
    assert [one.filename for one in mail.attachments] == ["a.ics"]


@pytest.mark.parametrize(
    ("head", "body", "seal"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data", b"x", Seal.ENCRYPTED),
        ("application/x-pkcs7-mime; name=smime.p7m", b"x", Seal.ENCRYPTED),
        (
            "multipart/encrypted; boundary=s; protocol=application/pgp-encrypted",
            b"--s\n\nVersion: 1\n--s--",
            Seal.ENCRYPTED,
        ),
        ("text/plain", b"-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", Seal.ENCRYPTED),
        ("multipart/signed; boundary=s", b"--s\n\nhi\n--s--", Seal.SIGNED),
        ("application/pkcs7-mime; smime-type=signed-data", b"x", Seal.SIGNED),
        ("text/plain", b"hi", Seal.NONE),
    ],
)
def test_it_says_that_a_mail_is_encrypted_or_signed(head: str, body: bytes, seal: Seal):
    assert parse(HEAD + f"Content-Type: {head}\n\n".encode() + body).seal is seal


def test_it_shows_the_words_that_are_signed_in_place():
    signature = b"-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n"
    armour = b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIt leaks.\n- -- \nNora\n" + signature
    mail = parse(HEAD + b"\n" + armour)
    assert (mail.seal, mail.reply_text) == (Seal.SIGNED, "It leaks.")
    assert "BEGIN PGP SIGNATURE" in mail.text
