"""The doors of the house as the people of a story use them: the form, mail in and out, the desk, live screens, time."""

import asyncio
import json
import re
import smtplib
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import time_machine
from channels.db import database_sync_to_async
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.cast import Cast, Desk, assemble, desk
from tests.tickets.live.sockets import Socket, connected
from tickets import due_work
from tickets.live import station
from tickets.mail.smtp.listener import Listener
from tickets.mail.smtp.lmtp import LmtpSocket
from tickets.models import Agent

Answer = TypeVar("Answer")
LONGEST = 30  # seconds that anything asked of the live loop may take
IS_IT_SETTLED = "Is it? On your page"
LINK = re.compile(r"https?://[^\s]+(/t/[^\s]+/)")


class Time:
    """The one clock of a story. After each step all work that is due is done, as the engine would do it."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock

    def passes(self, **length: float) -> None:
        self.clock.shift(timedelta(**length))
        self.works()

    def works(self) -> None:
        """Until nothing is due: what one kind does may make work for another."""
        now = timezone.now()
        while sum(due_work.do(kind, now) for kind in due_work.kinds):
            pass


class Outbox:
    """What left the house, as the bytes of each mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def raw(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.folder.glob("*.eml"))]

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        mails = [message_from_bytes(raw, policy=policy.default) for raw in self.raw()]
        return [mail for mail in mails if address in str(mail["To"]) and about in f"{mail['Subject']} {words(mail)}"]

    def one(self, address: str, about: str = "") -> EmailMessage:
        [mail] = self.to(address, about)
        return mail


def words(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def page_of(mail: EmailMessage) -> str:
    """The path of the customer's own page that a mail links to."""
    link = LINK.search(words(mail))
    assert link
    return link[1]


def photo(name: str, colour: str) -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "JPEG")
    file = BytesIO(data.getvalue())
    file.name = name
    return file


def letter(sender: str, subject: str, text: str, to: str = "support@kintsugi.example", **headers: str) -> EmailMessage:
    """A mail that a person writes; headers as In_Reply_To="…"."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def answer_to(mail: EmailMessage, sender: str, text: str, message_id: str) -> EmailMessage:
    """The answer that a mail program makes: to the Reply-To, with threading headers and the mail quoted below."""
    quoted = "\n".join(f"> {line}" for line in words(mail).splitlines())
    body = f"{text}\n\nOn {mail['Date']}, {mail['From']} wrote:\n{quoted}\n"
    threading_headers = {"In_Reply_To": mail["Message-ID"], "References": mail["Message-ID"]}
    return letter(sender, f"Re: {mail['Subject']}", body, mail["Reply-To"], Message_ID=message_id, **threading_headers)


class Post:
    """Mail on its way in, through the listener's port or the pipe of a mail server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def brings(self, mail: EmailMessage) -> None:
        """By SMTP; smtplib raises whatever the listener refuses."""
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(mail, to_addrs=[str(mail["To"])])

    def pipes(self, mail: EmailMessage) -> dict[str, Any]:
        """By `manage.py receive_mail`; answers its JSON line."""
        said = StringIO()
        with mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(mail.as_bytes()))):
            call_command("receive_mail", stdout=said)
        answer: dict[str, Any] = json.loads(said.getvalue())
        return answer


@contextmanager
def open_post(port: int) -> Iterator[Post]:
    listener = Listener("127.0.0.1", port)
    listener.start()
    try:
        yield Post(port)
    finally:
        hang_up(listener)
        listener.stop()


def hang_up(listener: Listener | LmtpSocket) -> None:
    """Close what its two threads hold of the database, which else nobody could take away after the test."""
    both = threading.Barrier(2)

    def close() -> None:
        both.wait(LONGEST)
        connections.close_all()

    for done in [listener.handler.threads.submit(close) for _ in range(2)]:
        done.result(LONGEST)


class LiveHouse:
    """The live station on a loop of its own, so that a story can be told without awaiting each sentence."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="live-house", daemon=True)
        self._screens: list[Screen] = []

    def __enter__(self) -> "LiveHouse":
        self._thread.start()
        self.run(station.begin())
        return self

    def __exit__(self, *_error: object) -> None:
        for screen in self._screens:
            screen.closes()
        self.run(station.end())
        self.run(database_sync_to_async(connections.close_all)())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONGEST)
        self._loop.close()

    def run(self, act: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(LONGEST)

    def screen(self, agent: Agent, *topics: str) -> "Screen":
        """What this person has open, listening to these topics."""
        screen = Screen(self, self.run(connected(agent)), topics)
        self._screens.append(screen)
        return screen


class Screen:
    """A desk or floor that is open; it is told, and never asks again."""

    def __init__(self, house: LiveHouse, socket: Socket, topics: tuple[str, ...]) -> None:
        self._house, self._socket = house, socket
        self.answer = house.run(socket.subscribe(*topics))

    def hears(self, **wanted: Any) -> dict[str, Any]:
        """The first frame with these values, which must come; each is heard once."""
        frame = self._house.run(self._socket.hears(**wanted))
        self._socket.frames.remove(frame)
        return frame

    def shows(self, ticket: int, doing: str) -> None:
        """Tell the colleagues what one does on a ticket."""
        self._house.run(self._socket.say(presence={"ticket": ticket, "doing": doing}))

    def closes(self) -> None:
        self._house.run(self._socket.close())


def press(client: Client, page: str, answer: str) -> str:
    """The customer presses a button of "is it settled?"; answers what their page says then."""
    pressed = client.post(f"{page}section/settled/", {"answer": answer}, follow=True)
    return str(pressed.content.decode())


@dataclass(frozen=True)
class House:
    """Everything at once: the people, the clock, what leaves, what comes in, and what is open on screens."""

    cast: Cast
    time: Time
    outbox: Outbox
    post: Post
    live: LiveHouse
    ana: Desk
    lee: Desk
    sam: Desk
    moira: Desk

    def ticket(self, number: int) -> dict[str, Any]:
        """The ticket as the supervisor sees it."""
        found: dict[str, Any] = self.lee.get_json(f"tickets/{number}/")
        return found


@contextmanager
def open_house(clock: time_machine.Traveller, port: int) -> Iterator[House]:
    """The whole house, with everybody signed in; the clock stands where it stood."""
    cast = assemble()
    desks = [desk(agent) for agent in (cast.ana, cast.lee, cast.sam, cast.moira)]
    with open_post(port) as post, LiveHouse() as live:
        yield House(cast, Time(clock), Outbox(Path(settings.OUTBOX_DIR)), post, live, *desks)


def send(desk: Desk, number: int, key: str, **said: Any) -> Any:
    """Send a reply, having seen what is there now unless said otherwise."""
    if "seen_version" not in said:
        said["seen_version"] = desk.get_json(f"tickets/{number}/")["version"]
    return desk.ask("POST", f"tickets/{number}/replies/", {"then": "waiting_on_customer", **said}, Idempotency_Key=key)


def attach(agent: Agent, number: int, name: str, data: bytes) -> int:
    browser = Client()
    browser.force_login(agent)
    uploaded = browser.post(f"/api/tickets/{number}/files/", {"file": SimpleUploadedFile(name, data, "text/plain")})
    return int(uploaded.json()["id"])


def timeline(desk: Desk, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get_json(f"tickets/{number}/timeline/")["results"]
    return found
