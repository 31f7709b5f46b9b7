"""Notes: words to us only, and who is told of them."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets import search
from tickets.actions.drafting import save_draft
from tickets.actions.moves import resolve
from tickets.actions.noting import leave_note
from tickets.errors import Invalid
from tickets.models import Agent, Attachment, Draft, Note, OutgoingMail, Ticket


def notices() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="notice"))


def test_it_stays_among_us_and_moves_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    note = leave_note(ticket, " The depot lost it.\0 ", by=cast.ana, now=NOW)
    after = fresh(ticket)
    assert (note.text, note.version) == ("The depot lost it.", after.version)
    assert (after.state, after.waiting_since, after.last_by, after.public_version) == ("new", NOW, "customer", 1)
    assert (told(ticket).kind, told(ticket).by) == ("noted", "Ana Lima")
    assert told(ticket).data == {"note": note.pk, "mentions": []}
    assert ticket.messages.count() == 1 and not OutgoingMail.objects.exclude(kind="acknowledgement").exists()


def test_it_is_found_by_its_words(cast: Cast) -> None:
    ticket = complaint(cast)
    leave_note(ticket, "Rang the stevedore.", by=cast.ana, now=NOW)
    assert list(search.matching(Ticket.objects.all(), "stevedore")) == [ticket]


def test_who_is_mentioned_and_away_gets_a_mail_without_its_words(cast: Cast) -> None:
    ticket = complaint(cast)
    leave_note(ticket, "Kestrel lost it, @Lee.", by=cast.ana, now=NOW, mentions=[cast.lee.pk, cast.ana.pk])
    [mail] = notices()
    assert (mail.recipient, mail.subject) == ("lee@kintsugi.example", f"Ana Lima mentioned you: ticket {ticket.pk}")
    assert "Kestrel" not in mail.text + mail.subject


@pytest.mark.parametrize(("seen", "status", "mails"), [(10, "here", 0), (10, "away", 1), (3600, "here", 1)])
def test_who_is_here_reads_it_on_the_desk(cast: Cast, seen: int, status: str, mails: int) -> None:
    Agent.objects.filter(pk=cast.lee.pk).update(last_seen_at=NOW - timedelta(seconds=seen), status=status)
    leave_note(complaint(cast), "@Lee", by=cast.ana, now=NOW, mentions=[cast.lee.pk])
    assert len(notices()) == mails


def test_it_mentions_nobody_who_cannot_see_the_ticket(cast: Cast) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid, match="Moira Penn cannot see this ticket"):
        leave_note(ticket, "@Moira", by=cast.ana, now=NOW, mentions=[cast.moira.pk])
    assert not Note.objects.exists() and kinds(ticket) == ["received"]


@pytest.mark.parametrize("text", ["", " \0 ", "x" * 100_001])
def test_it_has_some_words_and_not_too_many(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid):
        leave_note(complaint(cast), text, by=cast.ana, now=NOW)


def test_it_takes_its_writers_files_and_nobody_elses(cast: Cast) -> None:
    ticket = complaint(cast)
    about = {"ticket": ticket, "size": 1, "sha256": "0" * 64, "created_at": NOW, "content_type": "text/plain"}
    own = Attachment.objects.create(filename="own.txt", uploader=cast.ana, **about)
    foreign = Attachment.objects.create(filename="foreign.txt", uploader=cast.lee, **about)
    note = leave_note(ticket, "See there.", by=cast.ana, now=NOW, files=[own.pk, foreign.pk])
    assert list(note.attachments.all()) == [own]


def test_it_ends_a_draft_of_a_note_and_leaves_that_of_a_reply(cast: Cast) -> None:
    ticket = complaint(cast)
    save_draft(ticket, "Dear Nora", by=cast.ana, now=NOW)
    leave_note(ticket, "A note.", by=cast.ana, now=NOW)
    assert Draft.objects.get().text == "Dear Nora"
    save_draft(ticket, "Not", by=cast.ana, now=NOW, kind="note")
    assert set(Draft.objects.values_list("kind", "text")) == {("reply", "Dear Nora"), ("note", "Not")}
    leave_note(ticket, "Note.", by=cast.ana, now=NOW)
    assert Draft.objects.get().text == "Dear Nora"


def test_a_settled_ticket_takes_notes_and_stays_settled(cast: Cast) -> None:
    ticket = complaint(cast)
    resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    leave_note(ticket, "She was friendly.", by=cast.ana, now=NOW)
    assert fresh(ticket).state == "resolved"
