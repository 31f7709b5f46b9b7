"""Mails of ours that did not arrive."""

from tickets.mail.bounces import read
from tickets.mail.parse import parse


def report(action: str, status: str, extra: str = "") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\nTo: support@kintsugi.example\nSubject: Undelivered\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; Nora@customer.example\nAction: {action}\nStatus: {status}\n{extra}\n"
        "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours.1@kintsugi.example>\n--b--\n"
    ).encode()


def test_it_reads_a_standard_report_and_which_mail_came_back():
    bounce = read(report("failed", "5.1.1"))
    assert bounce is not None
    assert bounce.recipients == ("nora@customer.example",)
    assert bounce.permanent is True
    assert bounce.message_ids[0] == "ours.1@kintsugi.example"


def test_it_goes_by_the_status_and_not_by_the_action():
    bounce = read(report("failed", "4.4.7"))
    assert bounce is not None
    assert bounce.permanent is False


def test_it_takes_a_delay_as_temporary():
    bounce = read(report("delayed", "5.0.0"))
    assert bounce is not None
    assert bounce.permanent is False


def test_it_takes_the_code_of_the_server_where_there_is_no_status():
    bounce = read(report("failed", "", "Diagnostic-Code: smtp; 550 no such user\n"))
    assert bounce is not None
    assert bounce.permanent is True


def test_it_finds_no_failure_in_a_report_of_success():
    assert read(report("delivered", "2.0.0")) is None


def test_it_reads_a_bounce_in_words():
    raw = (
        b"From: Mail System <postmaster@mx.example>\nTo: support@kintsugi.example\nSubject: failure notice\n\n"
        b"I could not deliver your message.\n\n<nora@customer.example>:\n550 5.1.1 User unknown\n"
    )
    bounce = read(raw)
    assert bounce is not None
    assert (bounce.recipients, bounce.permanent) == (("nora@customer.example",), True)


def test_it_believes_no_person_who_writes_about_a_failed_delivery():
    raw = b"From: Nora <nora@customer.example>\nSubject: Delivery failed again\n\n550 EUR paid, ask bob@other.example 5.1.1"
    assert read(raw) is None


def test_it_takes_no_complaint_and_no_read_receipt_for_a_bounce():
    for kind in ("feedback-report", "disposition-notification"):
        raw = report("failed", "5.1.1").replace(b"report-type=delivery-status", b"report-type=" + kind.encode())
        assert read(raw) is None


def test_it_survives_a_sender_that_is_none():
    assert read(b"From: \nReturn-Path: <>\nSubject: returned mail\n\nbegin 644 x\nM@@@@\n") is None


def test_it_marks_a_bounce_as_automatic_when_it_is_read():
    mail = parse(report("failed", "5.1.1"))
    assert mail.automatic
    assert mail.bounce == read(report("failed", "5.1.1"))
