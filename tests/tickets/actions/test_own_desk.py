"""What is only one's own: drafts, and how far one has read."""

import pytest

from tests.cast import NOW, Cast, complaint
from tests.tickets.actions.facts import kinds
from tickets.actions.drafting import MOST, discard_draft, save_draft
from tickets.actions.reading import mark_read
from tickets.errors import Invalid
from tickets.models import Attachment, Draft, LastRead, Ticket


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return complaint(cast)


def read_to(ticket: Ticket) -> int:
    return LastRead.objects.get(ticket=ticket).version


def test_the_last_word_of_a_draft_stands_and_is_no_fact_of_the_ticket(ticket: Ticket, cast: Cast) -> None:
    save_draft(ticket, "Dear", by=cast.ana, now=NOW)
    save_draft(ticket, "Dear Nora\0", by=cast.ana, now=NOW, to=[cast.nora], template="late-delivery")
    draft = Draft.objects.get()
    assert (draft.text, draft.to, draft.template) == ("Dear Nora", [cast.nora], "late-delivery")
    assert kinds(ticket) == ["received"]


def test_a_draft_is_ones_own(ticket: Ticket, cast: Cast) -> None:
    save_draft(ticket, "Ana's", by=cast.ana, now=NOW)
    save_draft(ticket, "Lee's", by=cast.lee, now=NOW)
    discard_draft(ticket, by=cast.ana)
    assert Draft.objects.get().text == "Lee's"


def test_a_draft_has_an_end(ticket: Ticket, cast: Cast) -> None:
    save_draft(ticket, "What I had.", by=cast.ana, now=NOW)
    with pytest.raises(Invalid, match="200,005 characters long; 200,000 fit"):
        save_draft(ticket, "x" * (MOST + 5), by=cast.ana, now=NOW)
    assert Draft.objects.get().text == "What I had."


def test_thrown_away_it_takes_its_files_along_and_no_others(ticket: Ticket, cast: Cast) -> None:
    about = {"ticket": ticket, "size": 1, "sha256": "0" * 64, "created_at": NOW, "content_type": "text/plain"}
    Attachment.objects.create(filename="unsaid.txt", uploader=cast.ana, **about)
    Attachment.objects.create(filename="lee.txt", uploader=cast.lee, **about)
    Attachment.objects.create(filename="said.txt", uploader=cast.ana, message=ticket.messages.get(), **about)
    discard_draft(ticket, by=cast.ana)
    assert [file.filename for file in Attachment.objects.all()] == ["lee.txt", "said.txt"]
    discard_draft(ticket, by=cast.ana)  # nothing is left to throw away


def test_reading_goes_forward_only_and_never_beyond_what_is_there(ticket: Ticket, cast: Cast) -> None:
    mark_read(ticket, 999, by=cast.ana)
    assert read_to(ticket) == 1
    Ticket.objects.filter(pk=ticket.pk).update(version=5)
    ticket.refresh_from_db()
    for version, expected in [(3, 3), (2, 3), (999, 5)]:
        mark_read(ticket, version, by=cast.ana)
        assert read_to(ticket) == expected
