"""Mail that needs a person, through the API."""

import pytest

from tests.cast import NOW, Cast, complaint, desk, reply
from tickets.actions.letters import notify
from tickets.mail.store import store
from tickets.models import OutgoingMail, RawMail, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
RAW = (
    b"From: Jo Bell <jo@example.com>\r\nTo: support@kintsugi.example\r\nSubject: Boot\r\n"
    b"Message-ID: <b1@example.com>\r\n\r\nIt leaks.\r\n"
)


@pytest.fixture
def held(cast: Cast) -> RawMail:
    row, _ = store(RAW, cast.mailbox, now=NOW)
    row.outcome, row.reason, row.sender, row.subject = (
        "quarantined",
        "Nobody knows the sender.",
        "jo@example.com",
        "Boot",
    )
    row.due_at = None
    row.save()
    return row


@pytest.fixture
def failed(cast: Cast) -> OutgoingMail:
    message = reply(complaint(cast), "Hi Nora, I am sorry.", cast.ana)
    OutgoingMail.objects.filter(message=message).update(state="bounced", answer="No such user", due_at=None)
    return OutgoingMail.objects.get(message=message)


def test_it_shows_undelivered_mail_and_sends_it_again(cast: Cast, failed: OutgoingMail) -> None:
    client = desk(cast.ana)
    [row] = client.get_json("deliveries/", state="failed")["results"]
    assert (row["id"], row["recipient"], row["answer"]) == (failed.pk, cast.nora, "No such user")
    assert client.get_json("counts/")["trouble"]["undelivered"] == 1
    assert client.ask("POST", f"deliveries/{failed.pk}/retry/").json()["state"] == "queued"
    assert client.get_json("deliveries/")["results"] == []
    assert client.ask("POST", f"deliveries/{failed.pk}/retry/").status_code == 409


def test_it_shows_held_mail_with_what_it_says(cast: Cast, held: RawMail) -> None:
    client = desk(cast.ana)
    [row] = client.get_json("quarantine/")["results"]
    assert (row["from"], row["mailbox"], row["suggested_ticket"]) == ("jo@example.com", cast.mailbox.address, None)
    detail = client.get_json(f"quarantine/{held.pk}/")
    assert detail["text"].strip() == "It leaks."
    assert detail["headers"]["From"] == "Jo Bell <jo@example.com>"
    assert client.get(detail["raw"]).content == RAW


def test_it_lets_held_mail_through_as_a_ticket_once(cast: Cast, held: RawMail) -> None:
    client = desk(cast.ana)
    let_through = client.ask("POST", f"quarantine/{held.pk}/release/", {"ticket": None})
    assert let_through.status_code == 200, let_through.content
    assert Ticket.objects.get(pk=let_through.json()["ticket"]).subject == "Boot"
    assert client.ask("POST", f"quarantine/{held.pk}/release/", {"ticket": None}).status_code == 409


def test_it_lets_held_mail_through_onto_a_ticket_that_one_sees(cast: Cast, held: RawMail) -> None:
    ticket, foreign = complaint(cast), complaint(cast, team=cast.returns)
    client = desk(cast.ana)
    assert client.ask("POST", f"quarantine/{held.pk}/release/", {"ticket": foreign.pk}).status_code == 404
    assert client.ask("POST", f"quarantine/{held.pk}/release/", {"ticket": ticket.pk}).json()["ticket"] == ticket.pk
    assert ticket.messages.count() == 2


def test_it_discards_held_mail_with_a_reason(cast: Cast, held: RawMail) -> None:
    client = desk(cast.ana)
    assert client.ask("POST", f"quarantine/{held.pk}/discard/", {"reason": ""}).status_code == 400
    assert client.ask("POST", f"quarantine/{held.pk}/discard/", {"reason": "An advert."}).json()["outcome"] == "ignored"


def test_it_shows_another_team_nothing(cast: Cast, held: RawMail, failed: OutgoingMail) -> None:
    moira = desk(cast.moira)
    assert moira.get_json("deliveries/")["results"] == moira.get_json("quarantine/")["results"] == []
    for path in (f"quarantine/{held.pk}/", f"quarantine/{held.pk}/raw/"):
        assert moira.get(f"/api/{path}").status_code == 404
    for path in (f"quarantine/{held.pk}/release/", f"deliveries/{failed.pk}/retry/"):
        assert moira.ask("POST", path, {}).status_code == 404
    assert moira.ask("POST", f"quarantine/{held.pk}/discard/", {"reason": "x"}).status_code == 404


def test_a_supervisor_sees_mail_in_trouble_that_is_of_no_ticket_and_sends_it_again(cast: Cast, now) -> None:
    notify(cast.moira, "You are invited", "Please come in.", "invite:1", now)
    OutgoingMail.objects.update(state="failed", answer="550 no such mailbox", due_at=None)
    [mail] = desk(cast.lee).get_json("deliveries/")["results"]
    assert (mail["ticket"], mail["recipient"]) == (None, cast.moira.email)
    assert desk(cast.lee).get_json("counts/")["trouble"]["undelivered"] == 1
    assert desk(cast.ana).get_json("deliveries/")["results"] == []
    assert desk(cast.lee).ask("POST", f"deliveries/{mail['id']}/retry/").status_code == 200
    assert OutgoingMail.objects.get().state == "queued"


def test_it_shows_what_was_decided_by_whom_and_why(cast: Cast, held: RawMail) -> None:
    client = desk(cast.ana)
    client.ask("POST", f"quarantine/{held.pk}/discard/", {"reason": "An advert"})
    assert client.get_json("quarantine/")["results"] == []
    [row] = client.get_json("quarantine/", state="decided")["results"]
    assert (row["handled_by"], row["handled_at"]) == ("Ana Lima", "2026-05-11T10:00:00Z")
    assert row["reason"] == "Discarded by Ana Lima: An advert (held: Nobody knows the sender.)"
    assert client.get_json(f"quarantine/{held.pk}/")["text"].strip() == "It leaks."
    assert desk(cast.moira).get_json("quarantine/", state="decided")["results"] == []


FORMATTED = (
    b"From: Jo Bell <jo@example.com>\r\nSubject: Boot\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b'--b\r\nContent-Type: text/html\r\n\r\n<p onclick="x()">It leaks.<script>evil()</script><img src="cid:p@x">'
    b'<img src="https://track.example/a.png"></p>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    b"+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n"
    b'--b\r\nContent-Type: text/html; name="evil.html"\r\n\r\n<script>evil()</script>\r\n--b--\r\n'
)


def test_it_shows_held_mail_safely_with_its_files_as_downloads(cast: Cast) -> None:
    row, _ = store(FORMATTED, cast.mailbox, now=NOW)
    RawMail.objects.filter(pk=row.pk).update(outcome="quarantined", due_at=None)
    client = desk(cast.ana)
    detail = client.get_json(f"quarantine/{row.pk}/")
    shown = client.get(detail["html"])
    assert b"It leaks." in shown.content and b"script>" not in shown.content and b"onclick" not in shown.content
    assert b'src="data:image/png;base64,' in shown.content and b' src="https://track.example' not in shown.content
    assert shown["Content-Security-Policy"].startswith("sandbox")
    assert [file["filename"] for file in detail["files"]] == ["image-1.png", "evil.html"]
    file = client.get(detail["files"][1]["url"])
    assert (file["Content-Disposition"], file["Content-Type"]) == (
        'attachment; filename="evil.html"',
        "application/octet-stream",
    )
    assert file["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/api/quarantine/{row.pk}/files/2/").status_code == 404
    assert [desk(cast.moira).get(url).status_code for url in (detail["html"], detail["files"][0]["url"])] == [404, 404]
