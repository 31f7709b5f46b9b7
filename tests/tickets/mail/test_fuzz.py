"""Whatever bytes come, reading answers, quickly, with texts that a database stores."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tickets.mail.bounces import read
from tickets.mail.parse import parse
from tickets.mail.quotes import visible
from tickets.mail.received import IncomingMail

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
PIECES = [
    b"From: ",
    b"To: ",
    b"Subject: ",
    b"Content-Type: ",
    b"multipart/mixed; boundary=b",
    b"multipart/report",
    b"text/html",
    b"text/plain",
    b"; charset=",
    b"utf-7",
    b"iso-2022-jp",
    b"hz",
    b"utf-16",
    b"gb2312",
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"--b",
    b"--b--",
    b"=?utf-8?B?",
    b"?=",
    b"=?x?q?=D8=00",
    b"<a@b.example>",
    b'"',
    b"(",
    b";",
    b"<div>",
    b"<blockquote>",
    b"&#xD800;",
    b"&#0;",
    b"begin 644 x\n",
    b"\nend\n",
    b"Content-Transfer-Encoding: base64",
    b"====",
    b"message/delivery-status",
    b"Final-Recipient: rfc822;",
    b"MAILER-DAEMON",
    b"550 5.1.1",
    b"filename*0*=utf-8''%",
    b"On 1 May 2026 at 10:00, a wrote:",
    b"> ",
    b"-- \n",
    b"\x00",
    b"\xff\xfe",
    b"\x1b$B",
    b"+2AA-",
]
MAILS = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)), max_size=60).map(b"".join)


def texts(mail: IncomingMail) -> list[str]:
    attachments = [text for one in mail.attachments for text in (one.filename, one.content_type, one.content_id)]
    addresses = [text for one in (*mail.to, *mail.cc, *mail.reply_to) for text in (one.name, one.email)]
    own = [
        mail.from_email,
        mail.from_name,
        mail.sender_email,
        mail.subject,
        mail.message_id,
        mail.in_reply_to,
        mail.our_loop_header,
    ]
    long = [
        mail.text,
        mail.html,
        mail.reply_text,
        mail.automatic_reason,
        *mail.references,
        *mail.recipients,
        *mail.auth_results,
    ]
    bounced = mail.bounce.recipients if mail.bounce else ()
    return [*attachments, *addresses, *own, *long, *bounced]


@settings(max_examples=400, deadline=2_000)
@given(MAILS)
def test_it_reads_anything_into_storable_texts(raw: bytes):
    mail = parse(raw)
    assert not [text for text in texts(mail) if UNSTORABLE.search(text)]
    assert not any("could not be taken apart" in note for note in mail.notes)


@settings(max_examples=150, deadline=2_000)
@given(MAILS)
def test_it_never_raises_on_a_bounce(raw: bytes):
    read(raw)


@settings(max_examples=150, deadline=2_000)
@given(st.text(max_size=300))
def test_it_never_invents_words(text: str):
    assert set(visible(text).split()) <= set(text.split())
