"""A message as it came: its HTML and its bytes."""

import pytest
from django.core.files.base import ContentFile

from tests.cast import NOW, Cast, complaint, desk
from tickets.actions.files import store
from tickets.mail.store import store as keep
from tickets.models import Message

pytestmark = pytest.mark.django_db

HTML = '<p>Look</p><img data-remote-src="https://shop.example/a.png"><img data-cid="one@mail">'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def message(cast: Cast) -> Message:
    picture = store("one.png", "image/png", ContentFile(PNG).read(), "one@mail", inline=True)
    raw, _ = keep(b"Subject: tent\r\n\r\nLook", cast.mailbox, now=NOW)
    ticket = complaint(cast, html=HTML, files=[picture], raw_mail=raw)
    said = ticket.messages.first()
    assert said
    return said


def test_it_shows_html_in_a_frame_that_runs_and_loads_nothing(cast: Cast, message: Message) -> None:
    shown = desk(cast.ana).get(f"/api/tickets/{message.ticket_id}/messages/{message.pk}/html/")
    policy = shown["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert policy.endswith("img-src data:")
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert ' src="https:' not in shown.content.decode()
    assert 'src="data:image/png;base64,iVBOR' in shown.content.decode()


def test_it_loads_remote_pictures_only_when_asked(cast: Cast, message: Message) -> None:
    shown = desk(cast.ana).get(f"/api/tickets/{message.ticket_id}/messages/{message.pk}/html/?images=1")
    assert 'src="https://shop.example/a.png" referrerpolicy="no-referrer"' in shown.content.decode()
    assert shown["Content-Security-Policy"].endswith("img-src data: http: https:")
    assert shown["Referrer-Policy"] == "no-referrer"


def test_it_gives_the_original_as_a_download(cast: Cast, message: Message) -> None:
    raw = desk(cast.ana).get(f"/api/tickets/{message.ticket_id}/messages/{message.pk}/raw/")
    assert raw.content == b"Subject: tent\r\n\r\nLook"
    assert (raw["Content-Type"], raw["X-Content-Type-Options"]) == ("message/rfc822", "nosniff")
    assert raw["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("part", ["html", "raw"])
def test_it_shows_strangers_nothing(cast: Cast, message: Message, part: str) -> None:
    path = f"/api/tickets/{message.ticket_id}/messages/{message.pk}/{part}/"
    assert desk(cast.moira).get(path).status_code == 404
    other = complaint(cast, email="b@example.com")
    assert desk(cast.ana).get(f"/api/tickets/{other.pk}/messages/{message.pk}/{part}/").status_code == 404
