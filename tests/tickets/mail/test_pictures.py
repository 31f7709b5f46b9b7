"""A picture that an agent put into the words of a reply: seen in the customer's mail, and on the desk where they answer."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, desk
from tests.tickets.mail.ear import Ear, open_ear
from tickets import due_work
from tickets.mail.parse import parse
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def ear(settings: Settings) -> Iterator[Ear]:
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        yield ear


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (1200, 40), "red").save(made, "PNG")
    return made.getvalue()


def puts(cast: Cast, ticket: Ticket, name: str, *, inline: bool) -> int:
    """Ana uploads a picture to her draft; answers its number."""
    client = Client()
    client.force_login(cast.ana)
    said = {"file": SimpleUploadedFile(name, picture(), "image/png"), "inline": inline}
    return int(client.post(f"/api/tickets/{ticket.pk}/files/", said).json()["id"])


def test_it_is_seen_in_the_mail_and_the_file_hangs_on_it(cast: Cast, ear: Ear) -> None:
    ticket, ana = complaint(cast), desk(cast.ana)
    files = [puts(cast, ticket, "Picture 1.png", inline=True), puts(cast, ticket, "label.png", inline=False)]
    said = {"text": "This is your parcel.", "seen_version": ticket.version, "files": files}
    pending = ana.ask("POST", f"tickets/{ticket.pk}/replies/", said, Idempotency_Key="one").json()["id"]
    ana.ask("POST", f"tickets/{ticket.pk}/replies/{pending}/release/")
    due_work.do("outgoing_mails", NOW)
    [raw] = [raw for raw in ear.raw if b"your parcel" in raw]
    mail = parse(raw)
    shown = {file.filename: (file.inline, file.data == picture()) for file in mail.attachments}
    assert shown == {"Picture 1.png": (True, True), "label.png": (False, True)}
    [seen] = [file for file in mail.attachments if file.inline]
    assert f'src="cid:{seen.content_id}" alt="Picture 1.png" width="600"' in mail.html
    [entry] = [one for one in ana.get_json(f"tickets/{ticket.pk}/timeline/")["results"] if one["by"]["kind"] == "agent"]
    assert [(file["filename"], file["inline"]) for file in entry["attachments"]] == [
        ("Picture 1.png", True),
        ("label.png", False),
    ]


def test_it_is_still_in_the_words_when_the_reply_is_taken_back(cast: Cast) -> None:
    ticket, ana = complaint(cast), desk(cast.ana)
    files = [puts(cast, ticket, "Picture 1.png", inline=True)]
    said = {"text": "This is your parcel.", "seen_version": ticket.version, "files": files}
    pending = ana.ask("POST", f"tickets/{ticket.pk}/replies/", said, Idempotency_Key="one").json()["id"]
    draft = ana.ask("DELETE", f"tickets/{ticket.pk}/replies/{pending}/").json()
    assert [(file["id"], file["inline"]) for file in draft["files"]] == [(files[0], True)]
