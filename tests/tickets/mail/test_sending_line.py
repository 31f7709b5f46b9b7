"""The line to our mail server: shared by many mails, and whose trouble is whose."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import NOW, Cast, complaint, desk
from tests.servers import free_port
from tests.tickets.mail.ear import Ear, open_ear
from tickets import due_work
from tickets.models import OutgoingMail, TicketEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ear(settings: Settings) -> Iterator[Ear]:
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        yield ear


@pytest.fixture
def mails(cast: Cast) -> list[OutgoingMail]:
    """Acknowledgements to five customers."""
    for name in ("nora", "jo", "mia", "ben", "eve"):
        complaint(cast, email=f"{name}@example.com")
    return list(OutgoingMail.objects.order_by("pk"))


def work(minutes: float = 0) -> int:
    return due_work.do("outgoing_mails", NOW + timedelta(minutes=minutes))


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_many_mails_share_one_line(ear: Ear, mails: list[OutgoingMail]) -> None:
    assert work() == 5
    assert states() == ["sent"] * 5
    assert len(ear.heard) == 5 and len(ear.lines) == 1


def test_a_recipient_who_is_refused_spoils_no_other(ear: Ear, mails: list[OutgoingMail]) -> None:
    ear.no = {"jo@example.com": "550 5.1.1 No such user", "mia@example.com": "450 4.2.0 Try later"}
    work()
    assert states() == ["sent", "failed", "delayed", "sent", "sent"]
    assert len(ear.lines) == 1


def test_a_server_that_parts_after_some_mails_gets_the_rest_on_new_lines(ear: Ear, mails: list[OutgoingMail]) -> None:
    ear.most = 2
    work()
    assert states() == ["sent"] * 5
    assert [len(recipients) for _, recipients, _ in ear.heard] == [1] * 5
    assert len(ear.lines) == 3


def test_a_line_cut_before_the_mail_is_tried_again_without_doubt(ear: Ear, mails: list[OutgoingMail]) -> None:
    ear.cut = "recipient"
    work()
    assert (set(states()), ear.heard) == ({"delayed"}, [])
    ear.cut = ""
    work(2)
    assert states() == ["sent"] * 5
    assert not TicketEvent.objects.filter(kind="mail_troubled").exists()


@contextmanager
def hasty(to_end: bytes) -> Iterator[int]:
    """A server that says yes to all, and parts in the middle of the mail; answers its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        line, _ = server.accept()
        line.sendall(b"220 hasty.example\r\n")
        reading = line.makefile("rb")
        for said in reading:
            if said.upper().startswith(b"DATA"):
                line.sendall(b"354 Go on\r\n")
                reading.readline()
                line.sendall(to_end)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                line.close()
                reading.close()
                return
            line.sendall(b"250 OK\r\n")

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()
        thread.join(5)


def test_an_answer_that_makes_no_sense_leaves_it_to_a_person(mails: list[OutgoingMail], settings: Settings) -> None:
    OutgoingMail.objects.exclude(pk=mails[0].pk).delete()
    with hasty(b"What?\r\n") as port:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
        work()
    assert states() == ["uncertain"]


def test_a_server_that_is_away_costs_no_mail_a_try_and_is_asked_once(
    mails: list[OutgoingMail], settings: Settings
) -> None:
    port = free_port()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    later = OutgoingMail.objects.filter(pk=mails[4].pk)
    later.update(due_at=NOW + timedelta(hours=2))
    for hour in range(100):  # longer than any mail is tried
        work(60 * hour)
    assert set(states()) == {"delayed"}
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {0}
    said = OutgoingMail.objects.values_list("answer", flat=True).first()
    assert said == "Our mail server could not be reached (ConnectionRefusedError)."
    with open_ear(port) as ear:
        work(6010)
        assert (states(), len(ear.heard)) == (["sent"] * 5, 5)


def test_a_server_that_does_not_let_us_in_is_away_too(ear: Ear, mails: list[OutgoingMail], settings: Settings) -> None:
    settings.EMAIL_URL = f"smtp://us:wrong@127.0.0.1:{ear.port}"
    work()
    assert set(states()) == {"delayed"}
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {0}


def test_a_folder_that_is_full_is_away_too(mails: list[OutgoingMail], settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.OUTBOX_DIR = tmp_path / "file" / "outbox"
    work()
    assert set(states()) == {"delayed"}


def test_an_address_with_letters_that_the_server_cannot_take_fails_in_words(
    ear: Ear, mails: list[OutgoingMail]
) -> None:
    OutgoingMail.objects.filter(pk=mails[0].pk).update(recipient="jörg@example.com", shown_to=["jörg@example.com"])
    work()
    first, *others = states()
    assert others == ["sent"] * 4
    assert first in {"sent", "failed"}  # as this version of the server has it
    assert OutgoingMail.objects.get(pk=mails[0].pk).answer


def test_each_mail_costs_two_writes_and_no_reading_of_its_own(
    ear: Ear, mails: list[OutgoingMail], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claimed = 3 + 2  # what is due, the rows, their lease; in a transaction of their own
    closed = 1  # which of their addresses take no mail any more
    with django_assert_num_queries(claimed + closed + 2 * len(mails)):
        work()


def test_the_desk_says_what_a_person_may_do_with_each(ear: Ear, mails: list[OutgoingMail], cast: Cast) -> None:
    ear.no = {"jo@example.com": "550 5.1.1 No such user", "mia@example.com": "450 4.2.0 Try later"}
    work()
    OutgoingMail.objects.filter(pk=mails[4].pk).update(state="uncertain")
    ana = desk(cast.ana)
    found = {row["recipient"]: row for row in ana.get_json("deliveries/", state="failed")["results"]}
    assert {name: row["acts"] for name, row in found.items()} == {
        "jo@example.com": ["send_again"],
        "eve@example.com": ["send_again", "arrived"],
    }
    [delayed] = ana.get_json("deliveries/", state="delayed")["results"]
    assert delayed["acts"] == ["send_again"] and delayed["due_at"]
    refused = ana.ask("POST", f"deliveries/{found['jo@example.com']['id']}/arrival/")
    assert refused.status_code == 409
    moira = desk(cast.moira)
    assert moira.ask("POST", f"deliveries/{found['eve@example.com']['id']}/arrival/").status_code == 404
    answered = ana.ask("POST", f"deliveries/{found['eve@example.com']['id']}/arrival/").json()
    assert (answered["state"], answered["acts"]) == ("sent", [])


def test_a_letter_in_trouble_stands_on_the_timeline_with_what_can_be_done(
    ear: Ear, mails: list[OutgoingMail], cast: Cast
) -> None:
    ear.no = {"nora@example.com": "550 5.1.1 No such user"}
    work()
    entries = desk(cast.ana).get_json(f"tickets/{mails[0].ticket_id}/timeline/")["results"]
    [event] = [entry for entry in entries if entry["kind"] == "event" and entry["event"] == "mail_troubled"]
    assert event["words"] == "Mail to nora@example.com did not arrive: 550 5.1.1 No such user"
    assert (event["delivery"]["state"], event["delivery"]["acts"]) == ("failed", ["send_again"])
