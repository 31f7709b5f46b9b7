"""How customers are heard: corrected by a person, read anew by a newer version."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.cast import NOW, Cast, answer, complaint
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import hearing
from tickets.errors import Invalid
from tickets.models import Message, MoodCorrection, Ticket

pytestmark = pytest.mark.django_db


def test_a_persons_reading_stands_and_is_kept_to_learn_from(cast: Cast) -> None:
    ticket = complaint(cast)
    said = ticket.messages.get()
    hearing.correct_mood(ticket, "neutral", by=by(cast.ana), now=NOW)
    again = ticket.messages.get()
    assert (fresh(ticket).mood, again.mood, fresh(ticket).mood_words) == ("neutral", "neutral", [])
    assert told(ticket).data == {"from": "unhappy", "to": "neutral", "message": said.pk}
    kept = MoodCorrection.objects.get()
    assert (kept.message, kept.label, kept.agent) == (said, "neutral", cast.ana)
    assert (kept.unhappy, kept.read_by) == (said.unhappy, said.mood_version)


def test_a_person_may_think_again(cast: Cast) -> None:
    ticket = complaint(cast)
    hearing.correct_mood(ticket, "happy", by=by(cast.ana), now=NOW)
    hearing.correct_mood(ticket, "unhappy", by=by(cast.lee), now=NOW)
    assert hearing.correct_mood(ticket, "unhappy", by=by(cast.lee), now=NOW) is None
    assert (fresh(ticket).mood, fresh(ticket).mended) == ("unhappy", {})
    assert [(one.label, one.agent) for one in MoodCorrection.objects.all()] == [("unhappy", cast.lee)]


def test_it_corrects_the_last_words_and_not_the_first(cast: Cast) -> None:
    ticket = complaint(cast)
    last = answer(ticket, "Thank you, that is wonderful.")
    hearing.correct_mood(ticket, "neutral", by=by(cast.ana), now=NOW)
    assert MoodCorrection.objects.get().message == last


def test_there_are_three_moods(cast: Cast) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid, match="unhappy, neutral or happy"):
        hearing.correct_mood(ticket, "livid", by=by(cast.ana), now=NOW)
    assert kinds(ticket) == ["received"]


def test_what_is_deleted_teaches_nothing_more(cast: Cast) -> None:
    ticket = complaint(cast)
    hearing.correct_mood(ticket, "neutral", by=by(cast.ana), now=NOW)
    ticket.messages.all().delete()
    assert not MoodCorrection.objects.exists()


def read_as_before(message: Message) -> None:
    """As if an older version had read the message, had heard nothing in it, and its ticket showed that."""
    Ticket.objects.filter(pk=message.ticket_id, public_version=message.version).update(mood="neutral")
    Message.objects.filter(pk=message.pk).update(
        mood="neutral", unhappy=0.1, mood_reasons=[], mood_version="0", heard=[], signals=[]
    )


def test_it_reads_anew_what_another_version_read_and_tells_where_it_sounds_different(cast: Cast) -> None:
    old, new = complaint(cast), complaint(cast, email="new@example.com")
    said = old.messages.get()
    read_as_before(said)
    out = StringIO()
    call_command("read_anew", stdout=out)
    assert out.getvalue().startswith("Read 1 messages") and "1 tickets sound different" in out.getvalue()
    again = old.messages.get()
    assert (again.mood, again.heard, again.signals) == ("unhappy", said.heard, said.signals)
    assert (kinds(old), kinds(new)) == (["received", "heard_anew"], ["received"])
    call_command("read_anew", stdout=out)
    assert "Read 0 messages" in out.getvalue()


def test_reading_anew_leaves_a_persons_reading(cast: Cast) -> None:
    ticket = complaint(cast)
    hearing.correct_mood(ticket, "happy", by=by(cast.ana), now=NOW)
    Message.objects.update(mood_version="0", signals=[])
    call_command("read_anew", stdout=StringIO())
    said = ticket.messages.get()
    assert (said.mood, fresh(ticket).mood) == ("happy", "happy")
    assert said.signals and said.mood_version != "0"
    assert kinds(ticket) == ["received", "mood_corrected", "heard_anew"]
    assert told(ticket).data["signals"] == sorted({one["signal"] for one in said.signals})


def test_reading_anew_leaves_out_what_a_person_took_out_as_misheard(cast: Cast) -> None:
    ticket = complaint(cast)
    said = ticket.messages.get()
    kind = said.signals[0]["signal"]
    hearing.leave_unheard(ticket, said.pk, kind, "", by=by(cast.ana), now=NOW)
    assert kind not in told(ticket).data["signals"]
    Message.objects.update(mood_version="0")
    call_command("read_anew", stdout=StringIO())
    assert kind not in {one["signal"] for one in ticket.messages.get().signals}
    hearing.hear_again(ticket, said.pk, by=by(cast.ana), now=NOW)
    assert ticket.messages.get().signals == said.signals
    assert hearing.hear_again(ticket, said.pk, by=by(cast.ana), now=NOW) is None
    assert kinds(ticket) == ["received", "misheard", "heard_again"]


def test_what_was_never_heard_cannot_be_taken_out(cast: Cast) -> None:
    ticket, other = complaint(cast), complaint(cast, email="new@example.com")
    for message, kind in ((ticket.messages.get(), "bereavement"), (other.messages.get(), "question")):
        with pytest.raises(Invalid):
            hearing.leave_unheard(ticket, message.pk, kind, "", by=by(cast.ana), now=NOW)
    assert kinds(ticket) == ["received"]


def test_reading_anew_keeps_a_signal_that_a_person_added_until_it_is_taken_out(cast: Cast) -> None:
    ticket = complaint(cast)
    said = ticket.messages.get()
    hearing.add_signal(ticket, said.pk, "bereavement", by=by(cast.ana), now=NOW)
    assert told(ticket).data["what"] == "has lost somebody"
    assert told(ticket).data["signals"] == sorted({"bereavement"} | {one["signal"] for one in said.signals})
    assert hearing.add_signal(ticket, said.pk, "bereavement", by=by(cast.ana), now=NOW) is None
    Message.objects.update(mood_version="0")
    call_command("read_anew", stdout=StringIO())
    end = len(said.text)
    assert ticket.messages.get().signals == [*said.signals, {"signal": "bereavement", "start": end, "end": end}]
    hearing.leave_unheard(ticket, said.pk, "bereavement", "", by=by(cast.ana), now=NOW)
    again = ticket.messages.get()
    assert (again.signals, again.misheard, again.missed) == (said.signals, [], [])
    assert kinds(ticket) == ["received", "signal_added", "misheard"]


def test_a_signal_that_is_added_after_it_was_taken_out_comes_back_with_its_words(cast: Cast) -> None:
    ticket = complaint(cast)
    said = ticket.messages.get()
    kind = said.signals[0]["signal"]
    hearing.leave_unheard(ticket, said.pk, kind, "", by=by(cast.ana), now=NOW)
    hearing.add_signal(ticket, said.pk, kind, by=by(cast.lee), now=NOW)
    assert (ticket.messages.get().signals, ticket.messages.get().misheard) == (said.signals, [])
    hearing.leave_unheard(ticket, said.pk, kind, "", by=by(cast.lee), now=NOW)
    assert kind not in {one["signal"] for one in ticket.messages.get().signals}


def test_no_signal_is_added_that_there_is_not_or_where_the_customer_said_nothing(cast: Cast) -> None:
    ticket, other = complaint(cast), complaint(cast, email="new@example.com")
    for message, kind in ((ticket.messages.get(), "question"), (other.messages.get(), "safety")):
        with pytest.raises(Invalid):
            hearing.add_signal(ticket, message.pk, kind, by=by(cast.ana), now=NOW)
    assert kinds(ticket) == ["received"]


def test_only_the_last_words_change_what_the_ticket_shows(cast: Cast) -> None:
    ticket = complaint(cast)
    first = ticket.messages.get()
    answer(ticket, "Thank you, that is wonderful.")
    read_as_before(first)
    call_command("read_anew", stdout=StringIO())
    first.refresh_from_db()
    assert (first.mood, fresh(ticket).mood) == ("unhappy", "happy")
