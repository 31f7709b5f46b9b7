"""What a mail says, read from its bytes."""

import base64
import time

from tickets.mail.parse import parse

HEAD = b"From: Nora Whitcombe <nora@customer.example>\r\nTo: support@kintsugi.example\r\nMessage-ID: <1@customer.example>\r\n"


def mail(headers: str, body: bytes = b"Hello") -> bytes:
    return HEAD + headers.encode("utf-8", "surrogateescape").replace(b"\n", b"\r\n") + b"\r\n" + body


def test_it_reads_who_wrote_to_whom():
    read = parse(
        mail("Cc: Ann <ann@Other.EXAMPLE>, bob@other.example\nDelivered-To: Support+T1.abc@kintsugi.example\n")
    )
    assert (read.from_name, read.from_email) == ("Nora Whitcombe", "nora@customer.example")
    assert [one.email for one in read.cc] == ["ann@other.example", "bob@other.example"]
    assert read.recipients[0] == "support@kintsugi.example"
    assert "support+t1.abc@kintsugi.example" in read.recipients


def test_it_takes_the_address_in_brackets_and_not_the_one_in_the_name():
    read = parse(b'From: "ceo@bank.example" <thief@evil.example>\n\nPay')
    assert read.from_email == "thief@evil.example"
    assert read.from_name == "ceo@bank.example"


def test_it_takes_the_sender_where_from_holds_no_address():
    read = parse(b"From: undisclosed\nSender: desk@shop.example\n\nHi")
    assert read.from_email == "desk@shop.example"


def test_it_reads_a_group_and_a_comma_inside_quotes():
    read = parse(b'From: "Lima, Ana" <ana@a.example>\nTo: Friends: x@a.example, y@a.example;\n\nHi')
    assert read.from_name == "Lima, Ana"
    assert [one.email for one in read.to] == ["x@a.example", "y@a.example"]


def test_it_joins_a_character_that_two_encoded_words_split():
    subject = parse(mail("Subject: =?utf-8?B?w4M=?= =?utf-8?Q?a=C3?= =?utf-8?Q?=A4b?=\n")).subject
    assert subject == "Ãaäb"


def test_it_reads_raw_utf8_and_blanks_inside_an_encoded_word():
    assert parse(mail("Subject: Größe falsch\n")).subject == "Größe falsch"
    assert parse(mail("Subject: =?utf-8?Q?late again?=\n")).subject == "late again"


def test_it_believes_the_bytes_more_than_the_charset():
    said_ascii = parse(mail("Content-Type: text/plain; charset=us-ascii\n", "schön".encode()))
    said_latin = parse(mail("Content-Type: text/plain; charset=iso-8859-1\n", "schön".encode()))
    windows = parse(mail("Content-Type: text/plain; charset=iso-8859-1\n", b"5 \x80"))
    unknown = parse(mail("Content-Type: text/plain; charset=x-nothing\n", b"sch\xf6n"))
    assert (said_ascii.text, said_latin.text, windows.text, unknown.text) == ("schön", "schön", "5 €", "schön")


def test_it_reads_japanese_with_characters_of_its_vendors():
    assert parse(mail("Content-Type: text/plain; charset=iso-2022-jp\n", b"\x1b$B-!F|K\\\x1b(B")).text == "①日本"


def test_it_stores_no_nul_and_no_lone_surrogate():
    read = parse(mail("Subject: a\0b\nContent-Type: text/plain; charset=utf-7\n", b"+2AA- x\0y"))
    assert read.subject == "ab"
    read.text.encode("utf-8")
    assert "\0" not in read.text


def test_it_decodes_broken_base64_as_far_as_it_goes():
    body = base64.b64encode(b"where is my refund")[:-2] + b"\r\n!!"
    assert parse(mail("Content-Transfer-Encoding: base64\n", body)).text.startswith("where is my refu")


def test_it_goes_on_after_padding_only_for_whole_base64():
    body = base64.b64encode(b"one.") + b"\n" + base64.b64encode(b"two.") + b"\n"
    assert parse(mail("Content-Transfer-Encoding: base64\n", body)).text == "one.two."


def test_it_makes_the_same_id_for_the_same_bytes_without_message_id():
    first, again, other = (parse(b"From: a@b.example\n\n" + body) for body in (b"x", b"x", b"y"))
    assert first.message_id == again.message_id != other.message_id


def test_it_reads_folded_references_with_commas_oldest_first():
    read = parse(mail("References: <a@x>,<b@x>\n <c@x>\nIn-Reply-To: <c@x> <b@x>\n"))
    assert read.references == ("a@x", "b@x", "c@x")
    assert read.in_reply_to == "c@x"


def test_it_reads_a_date_and_survives_a_date_that_is_none():
    dated = parse(mail("Date: Tue, 3 Mar 2026 10:00:00 +0200\n"))
    assert dated.date is not None
    assert dated.date.isoformat() == "2026-03-03T08:00:00+00:00"
    assert parse(mail("Date: Tue, 99 Foo 2026\n")).date is None


ALTERNATIVE = (
    b"--b\nContent-Type: text/plain\n\nthe words\n--b\nContent-Type: multipart/related; boundary=r\n\n"
    b'--r\nContent-Type: text/html\n\n<p>the words</p><img src="cid:pic@x">\n'
    b"--r\nContent-Type: image/png\nContent-ID: <pic@x>\nContent-Disposition: inline; filename=a.png\n\nPNG\n--r--\n--b--\n"
)


def test_it_finds_text_html_and_the_inline_image():
    read = parse(mail("Content-Type: multipart/alternative; boundary=b\n", ALTERNATIVE))
    assert read.text == "the words"
    assert "<p>the words</p>" in read.html
    assert [(one.filename, one.content_id, one.inline) for one in read.attachments] == [("a.png", "pic@x", True)]


def test_it_makes_text_of_a_mail_that_is_html_only():
    read = parse(mail("Content-Type: text/html\n", b"<style>p{}</style><p>Bad<br>service</p>"))
    assert read.text == "Bad\nservice"


def test_it_keeps_an_attached_mail_closed():
    inner = b"--m\n\nmine\n--m\nContent-Type: message/rfc822\n\nSubject: Old one\n\nhis words\n--m--\n"
    read = parse(mail("Content-Type: multipart/mixed; boundary=m\n", inner))
    assert read.text == "mine"
    assert [one.filename for one in read.attachments] == ["Old one.eml"]


def test_it_reads_a_boundary_that_nobody_announced():
    read = parse(mail("Content-Type: multipart/mixed\n", b"--zzz\nContent-Type: text/plain\n\nstill here\n--zzz--\n"))
    assert read.text == "still here"


def test_it_cleans_file_names_and_keeps_them_apart():
    name = "filename*0*=utf-8''..%2Fb%C3; filename*1*=%BCll.pdf"
    part = f"--m\nContent-Type: application/pdf\nContent-Disposition: attachment; {name}\n\nx\n"
    hidden = '--m\nContent-Type: application/x; name="a\u202egpj.exe"\n\nx\n'
    read = parse(mail("Content-Type: multipart/mixed; boundary=m\n", (part + part + hidden + "--m--\n").encode()))
    assert [one.filename for one in read.attachments] == ["büll.pdf", "büll (2).pdf", "agpj.exe"]


def test_it_takes_uuencoded_files_out_of_the_text():
    read = parse(mail("", b"see file\nbegin 644 note.txt\n%:&5L;&\\\n`\nend\nthanks"))
    assert read.text == "see file\nthanks"
    assert [(one.filename, one.data) for one in read.attachments] == [("note.txt", b"hello")]


def test_it_joins_flowed_lines():
    body = b"one long \nline\n> quoted \n> too\n-- \nNora"
    assert (
        parse(mail("Content-Type: text/plain; format=flowed\n", body)).text == "one long line\n> quoted too\n-- \nNora"
    )


def test_it_shows_only_what_is_new_by_the_marks_in_the_html():
    body = (
        b"--b\nContent-Type: text/plain\n\nnew\n\nsomebody said earlier\nold\n--b\nContent-Type: text/html\n\n"
        b'<div>new</div><div class="gmail_quote"><div>somebody said earlier</div>old</div>\n--b--\n'
    )
    read = parse(mail("Content-Type: multipart/alternative; boundary=b\n", body))
    assert read.reply_text == "new"
    assert "old" in read.text


def test_it_keeps_the_order_of_authentication_results():
    read = parse(mail("Authentication-Results: mx.us; dmarc=pass\nAuthentication-Results: mx.them; dmarc=fail\n"))
    assert [one.split(";")[0] for one in read.auth_results] == ["mx.us", "mx.them"]


def test_it_reads_headers_after_garbage_and_over_lines_that_lost_their_fold():
    read = parse(b"From nora Mon Jan 1\n\nFrom: nora@customer.example\nX-Long: abc\nlost fold\nSubject: found\n\nbody")
    assert (read.from_email, read.subject, read.text) == ("nora@customer.example", "found", "body")


def test_it_stops_at_depth_and_number_of_parts_and_says_so():
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(300))
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000
    assert "nested deeper" in parse(nested).notes[0]
    assert "500 parts" in parse(many).notes[0]


def test_it_is_quick_with_mails_made_to_be_slow():
    slow = [
        b"To: " + b'"\\' * 30_000 + b"\n\nx",
        b"Subject: " + b"=?utf-8?q?" * 6_000 + b"\n\nx",
        b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
        b"Content-Type: multipart/mixed; boundary=-\n\n" + b"-" * 2_000_000,
        b"Content-Transfer-Encoding: base64\n\n" + b"QQ==\n" * 400_000,
        b"Content-Type: text/plain\n\n" + b"\n" * 2_000_000,
    ]
    for raw in slow:
        started = time.process_time()
        parse(raw)
        assert time.process_time() - started < 2, raw[:40]
