"""Replies, drafts, notes and files through the API."""

from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import NOW, Cast, answer, complaint, desk
from tickets.models import ApiToken, Note, OutgoingMail, PendingReply, SentFinding, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def send(client, ticket: Ticket, key: str = "k1", **said):
    ticket.refresh_from_db()
    body = {"text": "Hi Nora, I am sorry.", "seen_version": ticket.version, **said}
    return client.ask("POST", f"tickets/{ticket.pk}/replies/", body, Idempotency_Key=key)


def multipart_desk(agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def put_file(agent, ticket: Ticket, name: str = "a.png", data: bytes = PNG, content_type: str = "image/png"):
    file = SimpleUploadedFile(name, data, content_type)
    return multipart_desk(agent).post(f"/api/tickets/{ticket.pk}/files/", {"file": file})


def test_it_holds_a_reply_for_ten_seconds_and_takes_a_retry_as_the_same(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    sent = send(client, ticket, then="resolved")
    assert sent.status_code == 202
    assert sent.json()["release_at"] == "2026-05-11T10:00:10Z"
    assert send(client, ticket, then="resolved").json()["id"] == sent.json()["id"]
    assert client.get_json(f"tickets/{ticket.pk}/")["pending"]["id"] == sent.json()["id"]
    assert not OutgoingMail.objects.filter(kind="reply").exists()


def test_it_takes_a_reply_back_into_the_draft_and_says_so_to_a_late_retry(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    pending = send(client, ticket).json()["id"]
    back = client.ask("DELETE", f"tickets/{ticket.pk}/replies/{pending}/")
    assert (back.status_code, back.json()["text"]) == (200, "Hi Nora, I am sorry.")
    late = send(client, ticket)
    assert (late.status_code, late.json()["type"]) == (409, "urn:kintsugi:too-late")
    assert send(client, ticket, key="k2").status_code == 202


def test_it_lets_a_reply_leave_now_and_then_it_cannot_come_back(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    pending = send(client, ticket).json()["id"]
    assert client.ask("POST", f"tickets/{ticket.pk}/replies/{pending}/release/").status_code == 200
    assert OutgoingMail.objects.filter(kind="reply", ticket=ticket).count() == 1
    assert client.ask("DELETE", f"tickets/{ticket.pk}/replies/{pending}/").status_code == 409


def test_it_hides_a_reply_from_a_colleagues_undo(cast: Cast) -> None:
    ticket = complaint(cast)
    pending = send(desk(cast.ana), ticket).json()["id"]
    assert desk(cast.lee).ask("DELETE", f"tickets/{ticket.pk}/replies/{pending}/").status_code == 404
    assert PendingReply.objects.get().undone_at is None


def test_it_holds_a_reply_that_has_not_seen_what_was_said_since(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    seen = ticket.version
    answer(ticket, "Forget the tent, I bought another one.")
    stale = send(client, ticket, seen_version=seen)
    assert stale.status_code == 409
    assert stale.json()["version"] == seen + 1
    assert [entry["text"] for entry in stale.json()["since"]] == ["Forget the tent, I bought another one."]


def test_it_names_the_ways_for_a_state_that_cannot_follow(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    Ticket.objects.filter(pk=ticket.pk).update(state="spam")
    assert send(client, ticket, key="k9", then="open").json()["allowed_moves"] == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"to": ["nobody"]}, "to"),
        ({"to": "nora"}, "to"),
        ({"files": [999]}, "files"),
        ({"then": "spam"}, "then"),
        ({"seen_version": "x"}, "seen_version"),
        ({"seen_version": 10**30}, "seen_version"),
        ({"template": "x" * 100}, "template"),
    ],
)
def test_it_names_the_field_of_a_reply_that_cannot_be_sent(cast: Cast, said: dict, field: str) -> None:
    refused = send(desk(cast.ana), complaint(cast), **said)
    assert refused.status_code == 400, refused.content
    assert {one.partition(".")[0] for one in refused.json()["fields"]} == {field}


def test_it_keeps_a_draft_with_its_files_on_every_device(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    assert put_file(cast.ana, ticket).status_code == 201
    said = {"text": "Hi N", "to": [cast.nora], "cc": [], "template": None, "kind": "reply"}
    assert client.ask("PUT", f"tickets/{ticket.pk}/draft/", said).status_code == 200
    draft = desk(cast.ana).get_json(f"tickets/{ticket.pk}/")["draft"]
    assert (draft["text"], [file["filename"] for file in draft["files"]]) == ("Hi N", ["a.png"])
    assert desk(cast.lee).get_json(f"tickets/{ticket.pk}/")["draft"] is None
    assert client.ask("DELETE", f"tickets/{ticket.pk}/draft/").status_code == 204
    assert client.get_json(f"tickets/{ticket.pk}/")["draft"] is None


def test_it_keeps_a_reply_and_a_note_beside_each_other(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    for kind, text in (("reply", "Hi Nora"), ("note", "The carrier lost it.")):
        assert client.ask("PUT", f"tickets/{ticket.pk}/draft/", {"text": text, "kind": kind}).status_code == 200
    begun = client.get_json(f"tickets/{ticket.pk}/")
    assert (begun["draft"]["text"], begun["note_draft"]["text"]) == ("Hi Nora", "The carrier lost it.")
    assert put_file(cast.ana, ticket).status_code == 201
    assert client.ask("DELETE", f"tickets/{ticket.pk}/draft/?kind=note").status_code == 204
    left = client.get_json(f"tickets/{ticket.pk}/")
    assert (len(left["draft"]["files"]), left["note_draft"]) == (1, None)
    assert client.ask("DELETE", f"tickets/{ticket.pk}/draft/?kind=letter").status_code == 400


def test_it_leaves_one_note_however_often_it_is_sent(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    said = {"text": "Rang the depot. @Lee, please look.", "mentions": [cast.lee.pk]}
    made = client.ask("POST", f"tickets/{ticket.pk}/notes/", said, Idempotency_Key="n1")
    again = client.ask("POST", f"tickets/{ticket.pk}/notes/", said, Idempotency_Key="n1")
    assert (made.status_code, made.json()["mentions"][0]["name"]) == (201, "Lee Osei")
    assert again.json()["id"] == made.json()["id"] and Note.objects.count() == 1
    refused = client.ask("POST", f"tickets/{ticket.pk}/notes/", {"text": "x", "mentions": [cast.moira.pk]})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["mentions"])


def test_it_sends_an_uploaded_file_with_the_reply_and_gives_it_to_those_who_see_the_ticket(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    file = put_file(cast.ana, ticket).json()
    assert file["image"] is True
    assert desk(cast.lee).get(file["url"]).status_code == 404  # unsaid: only its uploader's
    pending = send(client, ticket, files=[file["id"]]).json()["id"]
    client.ask("POST", f"tickets/{ticket.pk}/replies/{pending}/release/")
    [said] = [
        entry
        for entry in client.get_json(f"tickets/{ticket.pk}/timeline/")["results"]
        if entry["by"]["kind"] == "agent"
    ]
    assert [one["id"] for one in said["attachments"]] == [file["id"]]
    picture = desk(cast.lee).get(file["url"])
    assert (picture["Content-Type"], b"".join(picture.streaming_content)) == ("image/png", PNG)
    assert desk(cast.moira).get(file["url"]).status_code == 404
    assert multipart_desk(cast.ana).get("/files/99999/a.png").status_code == 404


@pytest.mark.parametrize(("name", "data", "shown"), [("a.png", PNG, True), ("a.svg", b"<svg/>", False)])
def test_it_shows_in_the_words_only_what_really_is_a_picture(cast: Cast, name: str, data: bytes, shown: bool) -> None:
    ticket = complaint(cast)
    said = {"file": SimpleUploadedFile(name, data, "image/png"), "inline": "true"}
    file = multipart_desk(cast.ana).post(f"/api/tickets/{ticket.pk}/files/", said).json()
    assert file["inline"] is shown
    assert put_file(cast.ana, ticket, name, data).json()["inline"] is False


def test_it_hands_out_anything_but_pictures_as_a_download_that_runs_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    file = put_file(cast.ana, ticket, "page.html", b"<script>alert(1)</script>", "text/html").json()
    given = desk(cast.ana).get(file["url"])
    assert given["Content-Disposition"].startswith("attachment")
    assert given["Content-Type"] == "application/octet-stream"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    ("name", "data"), [("run.exe", b"MZ"), ("empty.txt", b""), ("big.bin", b"x" * (10 * 1024 * 1024 + 1))]
)
def test_it_refuses_a_file_that_nobody_should_send(cast: Cast, name: str, data: bytes) -> None:
    refused = put_file(cast.ana, complaint(cast), name, data, "application/octet-stream")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["file"])
    assert name in refused.json()["detail"]


def test_it_takes_a_file_away_again_and_refuses_the_eleventh(cast: Cast) -> None:
    ticket = complaint(cast)
    made = [put_file(cast.ana, ticket, f"{count}.txt", b"x", "text/plain") for count in range(11)]
    assert [one.status_code for one in made] == [201] * 10 + [400]
    path = f"tickets/{ticket.pk}/files/{made[0].json()['id']}/"
    assert desk(cast.lee).ask("DELETE", path).status_code == 404
    assert desk(cast.ana).ask("DELETE", path).status_code == 204
    assert put_file(cast.ana, ticket, "eleven.txt", b"x", "text/plain").status_code == 201


class TestTheCheck:
    BLAME = "Hi Nora, you failed to give us your address."
    STANDS: ClassVar = [{"rule": "blame.you-failed", "reason": "She asked us to quote her own words."}]

    def test_it_refuses_words_that_blame_and_names_them(self, cast: Cast) -> None:
        refused = send(desk(cast.ana), complaint(cast), text=self.BLAME)
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:kintsugi:unmended")
        [found] = refused.json()["findings"]
        assert (found["rule"], self.BLAME[found["start"] : found["end"]].split()[:2]) == (
            "blame.you-failed",
            ["you", "failed"],
        )
        assert "blame.you-failed" in refused.json()["detail"]
        assert not PendingReply.objects.exists()

    def test_it_sends_them_with_a_reason_which_stays_with_the_reply_and_its_event(self, cast: Cast) -> None:
        ticket, client = complaint(cast), desk(cast.ana)
        pending = send(client, ticket, text=self.BLAME, overrides=self.STANDS).json()["id"]
        kept = SentFinding.objects.get(reply=pending, rule="blame.you-failed")
        assert (kept.level, kept.reason) == ("error", self.STANDS[0]["reason"])
        client.ask("POST", f"tickets/{ticket.pk}/replies/{pending}/release/")
        [said] = [
            one for one in client.get_json(f"tickets/{ticket.pk}/timeline/")["results"] if one["by"]["kind"] == "agent"
        ]
        assert [(one["rule"], one["reason"]) for one in said["overrides"]] == [tuple(self.STANDS[0].values())]

    def test_it_keeps_the_reasons_with_the_draft_and_gives_them_back_with_a_reply_that_is_undone(
        self, cast: Cast
    ) -> None:
        ticket, client = complaint(cast), desk(cast.ana)
        path = f"tickets/{ticket.pk}/draft/"
        kept = client.ask("PUT", path, {"text": self.BLAME, "overrides": self.STANDS})
        assert kept.json()["overrides"] == self.STANDS
        pending = send(client, ticket, text=self.BLAME, overrides=self.STANDS).json()["id"]
        back = client.ask("DELETE", f"tickets/{ticket.pk}/replies/{pending}/")
        assert back.json()["overrides"] == self.STANDS
        assert client.get_json(f"tickets/{ticket.pk}/")["draft"]["overrides"] == self.STANDS

    def test_it_takes_no_blank_reason_and_none_for_another_rule(self, cast: Cast) -> None:
        ticket, client = complaint(cast), desk(cast.ana)
        blank = send(client, ticket, text=self.BLAME, overrides=[{"rule": "blame.you-failed", "reason": "  "}])
        assert (blank.status_code, list(blank.json()["fields"])) == (400, ["overrides.0.reason"])
        other = send(client, ticket, text=self.BLAME, overrides=[{"rule": "blame.doubt", "reason": "Why not."}])
        assert other.status_code == 422

    def test_it_checks_what_an_integration_sends_all_the_same(self, cast: Cast) -> None:
        ticket, (_, token) = complaint(cast), ApiToken.objects.make(cast.ana, "shop", NOW)
        said = {"text": self.BLAME, "seen_version": ticket.version}
        path = f"/api/tickets/{ticket.pk}/replies/"
        refused = Client().post(path, said, "application/json", headers={"Authorization": f"Bearer {token}"})
        assert refused.status_code == 422

    def test_it_refuses_nothing_for_words_that_are_not_there_yet(self, cast: Cast) -> None:
        """The question may be answered in the next reply; what is missing is kept with the reply all the same."""
        pending = send(desk(cast.ana), complaint(cast), text="Hi Nora, I am sorry.").json()["id"]
        assert SentFinding.objects.get(reply=pending, rule="answer.unanswered").reason == ""
