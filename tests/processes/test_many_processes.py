"""Two web processes and two workers on PostgreSQL and Redis: told everywhere, done once, nothing lost."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from websockets.sync.client import ClientConnection, connect

from tests import servers
from tests.processes.product import Product, SignedIn, product
from tests.servers import until
from tests.tickets.mail.imap.post_office import PostOffice, letter

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif(
        not (servers.postgresql_binaries() and servers.redis_binary()), reason="PostgreSQL or Redis is missing"
    ),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Product]:
    with product() as made:
        yield made


@contextmanager
def listening(person: SignedIn, *topics: str) -> Iterator[ClientConnection]:
    headers, here = {"Cookie": person.cookie}, f"127.0.0.1:{person.port}"
    with connect(f"ws://{here}/ws/", additional_headers=headers, origin=f"http://{here}") as socket:
        socket.send(json.dumps({"subscribe": list(topics)}))
        while "subscribed" not in json.loads(socket.recv(timeout=10)):
            continue
        yield socket


def hear(socket: ClientConnection, email: str, seconds: float) -> dict:
    """The next frame about a ticket of this customer; fails where none comes in time."""
    name = email.partition("@")[0]
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        frame = json.loads(socket.recv(timeout=left))
        if frame.get("kind") == "ticket" and frame["row"]["customer"]["name"] == name:
            return frame
    raise AssertionError(f"Nothing was heard of {name} within {seconds} s.")


def acknowledged(running: Product, emails: list[str]) -> bool:
    got = {recipient for recipient, _ in running.ear.received()}
    return set(emails) <= got


def test_a_change_through_one_web_process_reaches_sockets_on_the_other(running: Product) -> None:
    with listening(running.sign_in(1, "lee@kintsugi.example"), "floor") as socket:
        running.write_in(0, "over@other.example")
        assert hear(socket, "over@other.example", 2)["event"] == "received"


def test_no_mail_is_sent_twice_by_two_workers(running: Product) -> None:
    emails = [f"once{n}@many.example" for n in range(30)]
    for n, email in enumerate(emails):
        running.write_in(n % 2, email)
    until(lambda: acknowledged(running, emails), "not everybody was acknowledged", 40)
    assert {count for (recipient, _), count in running.ear.received().items() if recipient in emails} == {1}


def test_a_killed_worker_loses_nothing(running: Product) -> None:
    emails = [f"killed{n}@many.example" for n in range(10)]
    for n, email in enumerate(emails):
        running.write_in(n % 2, email)
        if n == 4:
            running.workers[0].kill()
            running.workers[0].wait(10)
    until(lambda: acknowledged(running, emails), "not everybody was acknowledged", 90)
    assert {count for (recipient, _), count in running.ear.received().items() if recipient in emails} == {1}
    running.start_worker()


def test_redis_away_for_ten_seconds_loses_nothing_and_screens_still_hear(running: Product) -> None:
    emails = [f"away{n}@many.example" for n in range(10)]
    with listening(running.sign_in(1, "lee@kintsugi.example"), "floor") as socket:
        gone_until = time.monotonic() + 10
        with running.without_redis():
            for n, email in enumerate(emails):
                running.write_in(n % 2, email)
            assert hear(socket, emails[-1], 5)
            until(lambda: time.monotonic() > gone_until, "time stood still", 15)
    until(lambda: acknowledged(running, emails), "not everybody was acknowledged", 60)
    assert {count for (recipient, _), count in running.ear.received().items() if recipient in emails} == {1}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    if not servers.dovecot_binary():
        pytest.skip("Dovecot is missing.")
    port = servers.free_port()
    with servers.dovecot(port):
        yield PostOffice(port, "boots@kintsugi.example")


def waits(running: Product) -> int:
    """The number of the process that waits at the mailbox, once it was looked into; 0 while there is none."""
    with psycopg.connect(running.environment["DATABASE_URL"]) as database:
        row = database.execute("SELECT watched_by, fetched_at FROM tickets_imapaccount").fetchone()
    return int(row[0].split(":")[1]) if row and row[0] and row[1] else 0


def test_one_web_process_waits_at_a_mailbox_and_another_when_that_is_killed(
    running: Product, office: PostOffice
) -> None:
    sam = running.sign_in(1, "sam@kintsugi.example")
    imap = {"host": "127.0.0.1", "port": office.port, "security": "none", "user": office.user, "secret": "secret"}
    teams = sam.ask("GET", "teams/")["results"]
    sam.ask(
        "POST",
        "mailboxes/",
        {"address": office.user, "sender_name": "Boots", "team": teams[0]["id"], "imap": imap},
    )

    def arrives_at_once(number: int) -> None:
        """Sooner than the mailbox would be looked into by itself."""
        office.brings(letter(number, sender=f"jo{number}@idle.example"))
        until(lambda: acknowledged(running, [f"jo{number}@idle.example"]), "nobody heard of the mail", 20)

    webs = {web.pid for web in running.webs}
    until(lambda: waits(running) in webs, "nobody waits at the mailbox", 30)
    first = waits(running)
    arrives_at_once(1)
    with running.without_web(first):
        until(lambda: waits(running) in webs - {first}, "nobody took over", 60)
        arrives_at_once(2)
